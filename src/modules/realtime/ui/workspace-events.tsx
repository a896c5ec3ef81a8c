"use client";

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { tellLiveHint } from "@/components/live-hints";
import { ConnectionStrip } from "@/components/ui/connection-strip";
import type { WorkspaceEvent } from "@/modules/realtime/contract";
import { type Link, stripOf } from "@/modules/realtime/rules";
import { trpc } from "@/trpc/client";

const TICK_MS = 500;

// Answers and documents cost something, and an event of its own for each would double the traffic of a busy workspace.
const MONEY_EVERY_MS = 5_000;
const MONEY_FIGURES = ["reach", "get", "usage"];

/**
 * The one subscription of a tab, and the strip that says when it is down. Each hint makes the queries that could have
 * changed stale, so what is on the screen is asked again and permissions stay with the queries.
 */
export function WorkspaceEvents() {
  const queryClient = useQueryClient();
  const link = useLink();
  const refreshMoney = useSlowly(MONEY_EVERY_MS, () => {
    for (const name of MONEY_FIGURES) void queryClient.invalidateQueries({ queryKey: [["balance", name]] });
  });
  const lastSeq = useRef<number>(undefined);
  const [afterSeq, setAfterSeq] = useState<number>();
  const { reset, status } = trpc.realtime.events.useSubscription(
    { afterSeq },
    {
      onData: ({ data }) => {
        lastSeq.current = data.seq;
        link.up(data);
        markStale(queryClient, data);
        tellLiveHint(data);
        if (data.type === "message.new" || data.type === "document.changed") refreshMoney();
      },
    },
  );
  const { down } = link;
  useEffect(() => {
    if (status === "connecting" || status === "error") down();
  }, [status, down]);
  // A new stream names what the old one brought last, so that nothing between the two is missed.
  const connectAgain = () => {
    if (lastSeq.current === afterSeq) reset();
    else setAfterSeq(lastSeq.current);
  };
  useNetworkChange(connectAgain);
  return <ConnectionStrip connection={link.strip} onRetry={connectAgain} />;
}

// A stream over a network that is gone stays silent for a long time; a new one fails, or works, at once.
function useNetworkChange(onChange: () => void): void {
  const changed = useEffectEvent(onChange);
  useEffect(() => {
    window.addEventListener("offline", changed);
    window.addEventListener("online", changed);
    return () => {
      window.removeEventListener("offline", changed);
      window.removeEventListener("online", changed);
    };
  }, []);
}

/** Runs `act` at once and then at most every `everyMs`, the last call included. */
function useSlowly(everyMs: number, act: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const ranAtMs = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    clearTimeout(timer.current);
    const run = () => {
      ranAtMs.current = Date.now();
      act();
    };
    const waitMs = ranAtMs.current + everyMs - Date.now();
    if (waitMs <= 0) run();
    else timer.current = setTimeout(run, waitMs);
  };
}

function useLink() {
  const [initialLink] = useState<Link>(() => ({ isLive: true, sinceMs: 0, wasSaid: false, missed: 0 }));
  const link = useRef(initialLink);
  const [strip, setStrip] = useState(() => stripOf(initialLink, 0));
  const [actions] = useState(() => ({
    up: (event: WorkspaceEvent) => {
      if (!link.current.isLive)
        link.current = { isLive: true, sinceMs: Date.now(), wasSaid: link.current.wasSaid, missed: 0 };
      if (event.type === "message.new") link.current.missed += 1;
    },
    down: () => {
      if (link.current.isLive) link.current = { isLive: false, sinceMs: Date.now(), wasSaid: false, missed: 0 };
    },
  }));
  useEffect(() => {
    const timer = setInterval(() => {
      const next = stripOf(link.current, Date.now());
      if (!link.current.isLive && next.kind !== "online") link.current.wasSaid = true;
      setStrip((shown) => (JSON.stringify(shown) === JSON.stringify(next) ? shown : next));
    }, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return { strip, ...actions };
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
  "balance.changed": ["balance"],
  "member.changed": ["workspaces", "users"],
  "handoff.requested": ["handoff", "dialogs"],
  "handoff.started": ["handoff", "dialogs"],
  "handoff.released": ["handoff", "dialogs"],
  "handoff.cancelled": ["handoff", "dialogs"],
  "handoff.expired": ["handoff", "dialogs"],
  "handoff.escalated": ["handoff", "dialogs"],
  "handoff.closed": ["handoff", "dialogs"],
  "presence.changed": ["handoff"],
  "replies.changed": ["replies"],
  "reach.changed": ["reach"],
};

function markStale(queryClient: QueryClient, event: WorkspaceEvent): void {
  if (event.type === "reset") void queryClient.invalidateQueries();
  for (const namespace of STALE_BY_TYPE[event.type] ?? []) {
    // tRPC's query keys open with the path, and a shorter path matches everything below it.
    void queryClient.invalidateQueries({ queryKey: [[namespace]] });
  }
}
