import { createTranslator } from "next-intl";
import type { AssistantLanguage } from "@/db/enums";
import { MESSAGES } from "@/i18n/messages";
import { type Locale, toLocale } from "@/lib/locales";

/** The bot's own sentences to visitors, in one language. */
export function visitorText(locale: Locale) {
  return createTranslator({ locale, messages: MESSAGES[locale], namespace: "bots.visitor" });
}

/** The language to speak in: the assistant's, or the visitor's own when the assistant follows it. */
export function visitorLocale(language: AssistantLanguage, languageCode: string | null): Locale {
  return language === "auto" ? toLocale(languageCode) : language;
}
