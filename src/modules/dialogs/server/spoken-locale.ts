import type { AssistantLanguage } from "@/db/enums";
import { LOCALES, type Locale } from "@/lib/locales";
import { languageOf } from "@/modules/ai/quoting/words";

/** The language of what the product itself says in a dialog: the assistant's, else that of the visitor's words. */
export function spokenLocale(language: AssistantLanguage, question: string, visitorLocale: string | null): Locale {
  if (language !== "auto") return language;
  if (/\p{L}/u.test(question)) return languageOf(question);
  return LOCALES.find((locale) => visitorLocale?.startsWith(locale)) ?? "en";
}
