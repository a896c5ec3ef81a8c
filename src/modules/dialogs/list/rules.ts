import { dayOf, endOfDay, startOfDay, startOfMonth, startOfWeek } from "@/lib/zone";
import type { DialogFilterInput } from "./contract";

export type Bounds = { since: Date | null; before: Date | null };

/** The instants between which a period lies, the second left out. Weeks begin on Monday; a period of days without days is all. */
export function boundsOf(
  { period, from, to }: Pick<DialogFilterInput, "period" | "from" | "to">,
  now: Date,
  timeZone: string,
): Bounds {
  switch (period) {
    case "today":
      return { since: startOfDay(dayOf(now, timeZone), timeZone), before: null };
    case "week":
      return { since: startOfWeek(now, timeZone), before: null };
    case "month":
      return { since: startOfMonth(now, timeZone), before: null };
    case "custom":
      return { since: from ? startOfDay(from, timeZone) : null, before: to ? endOfDay(to, timeZone) : null };
    case undefined:
      return { since: null, before: null };
  }
}
