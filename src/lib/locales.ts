export const LOCALES = ["en", "ru"] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = "en";

/** The supported locale closest to what was asked for; English when none is. */
export function toLocale(value: string | null | undefined): Locale {
  return LOCALES.find((locale) => value?.toLowerCase().startsWith(locale)) ?? DEFAULT_LOCALE;
}
