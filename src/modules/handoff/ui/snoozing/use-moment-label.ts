"use client";

import { useFormatter } from "next-intl";

/** Writes a moment to come as day and time of this browser's place. */
export function useMomentLabel(): (at: Date, options?: { withWeekday: boolean }) => string {
  const format = useFormatter();
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (at, { withWeekday } = { withWeekday: false }) =>
    format.dateTime(at, {
      ...(withWeekday && { weekday: "short" }),
      day: "numeric",
      month: "short",
      hour: "numeric",
      minute: "2-digit",
      timeZone,
    });
}
