"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { tellLiveHint } from "@/components/live-hints";
import { onDemand } from "@/components/on-demand";
import { ConnectionStrip } from "@/components/ui/connection-strip";
import type { WorkspaceEvent } from "@/modules/realtime/contract";
import type { PusherAddress } from "@/modules/realtime/pusher/contract";
import { trpc } from "@/trpc/client";
import { makeHints } from "./hints";
import { leaveForGood, leaveIfRefused } from "./leave-for-good";
import { slowly } from "./slowly";
import { staleMarker } from "./stale";
import { StreamLine } from "./stream-line";
import { useLink } from "./use-link";

const PusherLine = onDemand(() => import("./pusher-line"));

// Answers and documents cost something, and an event of its own for each would double the traffic of a busy workspace.
const MONEY_EVERY_MS = 5_000;
const MONEY_FIGURES = ["reach", "get", "usage"];

export type WorkspaceEventsProps = {
  /** Where the workspace stood when the page was drawn. */
  startSeq: number;
  /** Null while the built-in transport serves. */
  pusher: PusherAddress | null;
};

/**
 * The one live connection of a tab, and the strip that says when it is down. Each hint makes the queries that could have
 * changed stale, so what is on the screen is asked again and permissions stay with the queries.
 */
export function WorkspaceEvents({ startSeq, pusher }: WorkspaceEventsProps) {
  const queryClient = useQueryClient();
  const { client } = trpc.useUtils();
  const { strip, up, down, count } = useLink();
  const [tries, setTries] = useState(0);
  const [hints] = useState(() => {
    const refreshMoney = slowly(MONEY_EVERY_MS, () => {
      for (const name of MONEY_FIGURES) void queryClient.invalidateQueries({ queryKey: [["balance", name]] });
    });
    const markStale = staleMarker(queryClient);
    const onEvent = (event: WorkspaceEvent) => {
      if (event.type === "closed") return leaveForGood();
      if (event.type === "message.new") count();
      markStale(event);
      tellLiveHint(event);
      if (event.type === "message.new" || event.type === "document.changed") refreshMoney();
    };
    const ask = async (afterSeq: number) => {
      const missed = client.realtime.missed.query({ afterSeq });
      missed.catch(leaveIfRefused);
      return (await missed).events;
    };
    return makeHints({ startSeq, ask, onEvent, onLife: up });
  });
  // A page that has drawn the address keeps it, so that drawing anew is no new connection.
  const [address] = useState(pusher);
  return (
    <>
      {address ? (
        <PusherLine address={address} hints={hints} tries={tries} onDown={down} />
      ) : (
        <StreamLine hints={hints} tries={tries} onDown={down} />
      )}
      <ConnectionStrip connection={strip} onRetry={() => setTries((before) => before + 1)} />
    </>
  );
}
