"use client";

import { useLocale, useNow, useTimeZone } from "next-intl";
import { useSyncExternalStore } from "react";
import { formatFullTime, formatTimeAgo } from "@/lib/format";

const TICK_MS = 15_000;

function everyTick(onTick: () => void) {
  const timer = setInterval(onTick, TICK_MS);
  return () => clearInterval(timer);
}

const never = () => () => {};
const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const currentTick = () => Math.floor(Date.now() / TICK_MS) * TICK_MS;

/** The zone of the person: the browser's own, the server's guess while hydrating. */
export function usePersonsTimeZone(): string {
  const guess = useTimeZone() ?? "UTC";
  return useSyncExternalStore(never, browserZone, () => guess);
}

type TimeAgoProps = {
  at: Date | string;
  /** `column` is `5 min`, `words` is `5 min ago` for the place behind a label, `full` the whole date, for receipts. */
  style?: "column" | "words" | "full";
  className?: string;
};

/** `5 min`, `14:32`, `Yesterday 14:32` …, moving on by itself, with the full date and zone on hover. */
export function TimeAgo({ at, style = "column", className }: TimeAgoProps) {
  const locale = useLocale();
  const renderedAt = useNow().getTime();
  const now = useSyncExternalStore(everyTick, currentTick, () => renderedAt);
  const timeZone = usePersonsTimeZone();
  const instant = typeof at === "string" ? new Date(at) : at;
  const whole = formatFullTime(instant, { locale, timeZone });
  return (
    <time dateTime={instant.toISOString()} title={whole} className={className}>
      {style === "full"
        ? whole
        : formatTimeAgo(instant, { locale, timeZone, now: new Date(now), inWords: style === "words" })}
    </time>
  );
}
