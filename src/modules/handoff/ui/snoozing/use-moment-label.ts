"use client";

import { useFormatter } from "next-intl";
import { usePersonsTimeZone } from "@/components/ui/time-ago";

/** Writes a moment to come as day and time where the person is. */
export function useMomentLabel(): (at: Date, options?: { withWeekday: boolean }) => string {
  const format = useFormatter();
  const timeZone = usePersonsTimeZone();
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
