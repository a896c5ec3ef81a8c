"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { trpc } from "@/trpc/client";
import type { Hints } from "./hints";
import { leaveIfRefused } from "./leave-for-good";
import { type Line, useReconnect, useWake } from "./use-reconnect";

export type LineProps = {
  hints: Hints;
  /** Counts the requests of the person to try again at once. */
  tries: number;
  onDown: () => void;
};

/** The built-in transport: one server-sent stream per tab, which names what came last when it is opened again. */
export function StreamLine({ hints, tries, onDown }: LineProps) {
  const [afterSeq, setAfterSeq] = useState(hints.lastSeq);
  const { reset, status, error } = trpc.realtime.events.useSubscription(
    { afterSeq },
    { onData: ({ data }) => hints.hearEvent(data) },
  );
  const line: Line = status === "pending" ? "up" : status === "connecting" && !error ? "trying" : "broken";
  const down = useEffectEvent(onDown);
  useEffect(() => {
    if (line !== "up") down();
  }, [line]);
  useEffect(() => void leaveIfRefused(error), [error]);

  const connect = () => {
    if (hints.lastSeq() === afterSeq) reset();
    else setAfterSeq(hints.lastSeq());
  };
  useReconnect(line, { connect, poll: () => void hints.catchUp().catch(onDown) });
  useWake(connect);
  const connectNow = useEffectEvent(connect);
  useEffect(() => {
    if (tries > 0) connectNow();
  }, [tries]);
  return null;
}
