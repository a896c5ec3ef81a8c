import { createTranslator } from "next-intl";
import { MESSAGES } from "@/i18n/messages";
import { LOCALES, type Locale } from "@/lib/locales";
import type { TurnReason } from "@/modules/chat/contract";
import { languageOf } from "@/modules/ai/quoting/words";
import type { AssistantLanguage } from "@/db/enums";

/** What a visitor is told when no answer comes, or null when silence is right: a person answers, or a newer turn will. */
export function noticeFor(reason: TurnReason, locale: Locale): string | null {
  if (reason === "superseded" || reason === "discarded" || reason === "handoff") return null;
  return createTranslator({ locale, messages: MESSAGES[locale], namespace: "chat.notice" })(reason);
}

/** The language of what the product itself says in a dialog: the assistant's, else that of the visitor's words. */
export function spokenLocale(language: AssistantLanguage, question: string, visitorLocale: string | null): Locale {
  if (language !== "auto") return language;
  if (/\p{L}/u.test(question)) return languageOf(question);
  return LOCALES.find((locale) => visitorLocale?.startsWith(locale)) ?? "en";
}
