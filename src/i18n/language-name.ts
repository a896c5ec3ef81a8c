import type { Locale } from "@/lib/locales";

/** Each language is named in itself. */
export const LANGUAGE_NAME = { en: "English", ru: "Русский" } as const satisfies Record<Locale, string>;
