"use client";

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { WorkspaceEvent } from "@/modules/realtime/contract";
import { trpc } from "@/trpc/client";

export type ConnectionState = "connecting" | "live" | "reconnecting";

const ConnectionContext = createContext<ConnectionState>("connecting");

/** How this tab is connected to the realtime stream, for the strip that says so. */
export function useConnectionState(): ConnectionState {
  return useContext(ConnectionContext);
}

/**
 * The one subscription of a tab. Each hint makes the queries that could have changed stale, so what is on the screen
 * is asked again and permissions stay with the queries.
 */
export function WorkspaceEvents({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [state, setState] = useState<ConnectionState>("connecting");
  const subscription = trpc.realtime.events.useSubscription(
    {},
    {
      onData: ({ data }) => {
        setState("live");
        markStale(queryClient, data);
      },
    },
  );
  useEffect(() => {
    if (subscription.status === "connecting") setState((current) => (current === "live" ? "reconnecting" : current));
    if (subscription.status === "error") setState("reconnecting");
  }, [subscription.status]);
  return <ConnectionContext value={state}>{children}</ConnectionContext>;
}

// Which namespaces a hint makes stale. A hint without a row concerns nothing that is on a screen.
const STALE_BY_TYPE: Record<string, string[]> = {
  "message.new": ["dialogs"],
  "message.updated": ["dialogs"],
  "delivery.changed": ["dialogs"],
  "dialog.created": ["dialogs"],
  "dialog.changed": ["dialogs"],
  "document.changed": ["knowledge", "assistants"],
  "job.progress": ["knowledge"],
  "qa.changed": ["knowledge"],
  "assistant.changed": ["assistants"],
  "bot.changed": ["bots"],
  "member.changed": ["workspaces", "users"],
};

function markStale(queryClient: QueryClient, event: WorkspaceEvent): void {
  if (event.type === "reset") void queryClient.invalidateQueries();
  for (const namespace of STALE_BY_TYPE[event.type] ?? []) {
    // tRPC's query keys open with the path, and a shorter path matches everything below it.
    void queryClient.invalidateQueries({ queryKey: [[namespace]] });
  }
}
