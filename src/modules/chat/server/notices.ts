import { createTranslator } from "next-intl";
import { MESSAGES } from "@/i18n/messages";
import type { Locale } from "@/lib/locales";
import type { TurnReason } from "@/modules/chat/contract";

/** What a visitor is told when no answer comes, or null when silence is right: a person answers, or a newer turn will. */
export function noticeFor(reason: TurnReason, locale: Locale): string | null {
  if (reason === "superseded" || reason === "discarded" || reason === "handoff") return null;
  return createTranslator({ locale, messages: MESSAGES[locale], namespace: "chat.notice" })(reason);
}
