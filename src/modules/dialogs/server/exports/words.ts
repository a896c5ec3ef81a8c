import { createTranslator } from "next-intl";
import { MESSAGES } from "@/i18n/messages";
import type { Locale } from "@/lib/locales";
import { dayOf } from "@/lib/zone";
import type { DialogItem } from "@/modules/dialogs/contract";

/** The words of a file, in the language of the person who asked for it. */
export function exportWords(locale: Locale) {
  const messages = MESSAGES[locale];
  return {
    t: createTranslator({ locale, messages, namespace: "exports" }),
    dialogs: createTranslator({ locale, messages, namespace: "dialogs" }),
  };
}

type Words = ReturnType<typeof exportWords>;

/** As the list calls a visitor. */
export function nameIn(
  { dialogs }: Words,
  { id, channel, visitorName }: Pick<DialogItem, "id" | "channel" | "visitorName">,
) {
  if (visitorName !== "") return visitorName;
  return channel === "preview" ? dialogs("channel.preview") : dialogs("visitor", { number: id.slice(-4) });
}

/** An instant by the workspace's clock, as spreadsheets read and sort it. */
export function timeIn(at: Date, timeZone: string): string {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "medium", hourCycle: "h23" }).format(at);
  return `${dayOf(at, timeZone)} ${clock}`;
}
