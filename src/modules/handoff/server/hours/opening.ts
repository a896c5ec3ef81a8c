import type { createTranslator } from "next-intl";
import type { MESSAGES } from "@/i18n/messages";
import type { Locale } from "@/lib/locales";
import { addDays, wallClockAt } from "@/lib/wall-clock";
import type { Reach } from "@/modules/handoff/hours/contract";

export type VisitorWords = ReturnType<typeof createTranslator<typeof MESSAGES.en, "handoff.visitor">>;

/** When people are back, on the clock of the business; its zone is named, because a visitor may live in another. */
export function openingWords(t: VisitorWords, locale: Locale, { opensAt, timeZone }: Reach, now: Date): string {
  if (opensAt === null) return t("opens.unknown");
  const values = {
    time: new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
      opensAt,
    ),
    zone: zoneName(locale, timeZone, opensAt),
    date: new Intl.DateTimeFormat(locale, { timeZone, weekday: "long", day: "numeric", month: "long" }).format(opensAt),
  };
  const [today, day] = [wallClockAt(now, timeZone).day, wallClockAt(opensAt, timeZone).day];
  if (day === today) return t("opens.today", values);
  return t(day === addDays(today, 1) ? "opens.tomorrow" : "opens.later", values);
}

function zoneName(locale: Locale, timeZone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "shortOffset" }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}
