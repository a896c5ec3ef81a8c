import { DEFAULT_LOCALE, LOCALES, type Locale } from "@/lib/locales";

export const LOCALE_COOKIE = "locale";
export const TIME_ZONE_COOKIE = "time-zone";

/** The language of a visitor: their own choice, else the best of what the browser asks for, else English. */
export function preferredLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  return known(chosen) ?? requested(acceptLanguage) ?? DEFAULT_LOCALE;
}

/** A zone name that `Intl` accepts, UTC otherwise: the cookie is the visitor's to forge. */
export function validTimeZone(name: string | undefined): string {
  if (!name) return "UTC";
  try {
    return new Intl.DateTimeFormat("en", { timeZone: decodeURIComponent(name) }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

function known(value: string | undefined): Locale | undefined {
  return LOCALES.find((locale) => locale === value);
}

function requested(header: string | null): Locale | undefined {
  const ranges = (header ?? "").split(",").flatMap((range) => {
    const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
    const quality = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean);
    const locale = known(tag.split("-")[0]);
    return locale === undefined ? [] : [{ locale, weight: quality === undefined ? 1 : Number(quality) }];
  });
  return ranges.filter(({ weight }) => weight > 0).sort((one, other) => other.weight - one.weight)[0]?.locale;
}
