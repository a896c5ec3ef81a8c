"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { httpBatchStreamLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { createTRPCReact } from "@trpc/react-query";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { createContext, type ReactNode, useContext, useState } from "react";
import { MAX_BATCH } from "@/trpc/batch";
import { makeQueryClient } from "@/trpc/query-client";
import type { AppRouter } from "@/trpc/root";
import { wire } from "@/trpc/wire";

export const trpc = createTRPCReact<AppRouter>();

export type RouterOutputs = inferRouterOutputs<AppRouter>;
export type RouterInputs = inferRouterInputs<AppRouter>;

const WorkspaceIdContext = createContext<string | null>(null);

/** The id of the workspace whose pages surround the caller; null outside of one. */
export function useWorkspaceId(): string | null {
  return useContext(WorkspaceIdContext);
}

type TrpcProviderProps = {
  workspaceId?: string | null;
  /** For whom the page was drawn: calls are refused once somebody else has signed in to the browser. */
  userId?: string;
  children: ReactNode;
};

/**
 * Client, cache and workspace of one part of the site. Each workspace gets a cache of its own, so that nothing
 * of one tenant can show up under another.
 */
export function TrpcProvider({ workspaceId = null, userId, children }: TrpcProviderProps) {
  const [queryClient] = useState(makeQueryClient);
  const [client] = useState(() => makeClient(workspaceId, userId));
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        <WorkspaceIdContext value={workspaceId}>{children}</WorkspaceIdContext>
      </QueryClientProvider>
    </trpc.Provider>
  );
}

function makeClient(workspaceId: string | null, userId: string | undefined) {
  const url = "/api/trpc";
  return trpc.createClient({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({
          url,
          transformer: wire,
          connectionParams: () => ({ workspaceId: workspaceId ?? undefined, userId }),
        }),
        false: httpBatchStreamLink({
          url,
          maxItems: MAX_BATCH,
          transformer: wire,
          headers: () => ({
            ...(workspaceId && { "x-workspace-id": workspaceId }),
            ...(userId && { "x-user-id": userId }),
          }),
        }),
      }),
    ],
  });
}
