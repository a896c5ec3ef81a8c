import type { Locale } from "./locales";

const NBSP = "\u00a0";
const MINUS = "\u2212";
const MINUTE_MS = 60_000;

/** How anything unknown is written: never as zero. */
export const UNKNOWN = "–";

const words = {
  en: {
    now: "now",
    justNow: "just now",
    ago: " ago",
    min: "min",
    h: "h",
    s: "s",
    yesterday: "Yesterday ",
    bytes: ["B", "KB", "MB", "GB"],
    of: "of",
  },
  ru: {
    now: "сейчас",
    justNow: "только что",
    ago: " назад",
    min: "мин",
    h: "ч",
    s: "с",
    yesterday: "Вчера, ",
    bytes: ["Б", "КБ", "МБ", "ГБ"],
    of: "из",
  },
} as const satisfies Record<Locale, object>;

const withMinus = (text: string) => text.replace("-", MINUS);

type MoneyOptions = {
  locale: Locale;
  currency?: string;
  /** `exact` has two decimals, `prose` drops them when zero, `badge` is whole units rounded down, `cost` has up to four. */
  style?: "exact" | "prose" | "badge" | "cost";
  /** Puts `+` before credits. */
  signed?: boolean;
};

/** Money for people, from whole micros. */
export function formatMoney(amountMicros: number, options: MoneyOptions): string {
  const { locale, currency = "RUB", style = "exact", signed = false } = options;
  const whole = amountMicros % 1_000_000 === 0;
  const amount = style === "badge" ? Math.floor(amountMicros / 1_000_000) : amountMicros / 1_000_000;
  const least = style === "badge" || (style === "prose" && whole) ? 0 : 2;
  return withMinus(
    new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: least,
      maximumFractionDigits: style === "cost" ? 4 : least,
      signDisplay: signed ? "exceptZero" : "auto",
    }).format(amount),
  );
}

/** A whole or fractional number with the grouping and minus of the language. */
export function formatNumber(
  value: number,
  locale: Locale,
  maximumFractionDigits = 0,
  minimumFractionDigits = 0,
): string {
  return withMinus(new Intl.NumberFormat(locale, { maximumFractionDigits, minimumFractionDigits }).format(value));
}

/** A span of waiting or work: `0:42` under two minutes, then minutes, then hours. */
export function formatDuration(durationMs: number, locale: Locale): string {
  const { min, h } = words[locale];
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  if (seconds < 120) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}${NBSP}${min}`;
  const rest = minutes % 60;
  const hours = `${Math.floor(minutes / 60)}${NBSP}${h}`;
  return rest === 0 ? hours : `${hours}${NBSP}${rest}${NBSP}${min}`;
}

/** How long an answer took: one decimal of a second, and never none at all. */
export function formatLatency(latencyMs: number, locale: Locale): string {
  const seconds = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const least = latencyMs < 50 ? `<${NBSP}` : "";
  return `${least}${seconds.format(Math.max(0.1, latencyMs / 1000))}${NBSP}${words[locale].s}`;
}

/** File sizes in units of 1024, one decimal under ten. */
export function formatBytes(sizeBytes: number, locale: Locale): string {
  const units = words[locale].bytes;
  const power = Math.min(Math.floor(Math.log2(Math.max(1, sizeBytes)) / 10), units.length - 1);
  const value = sizeBytes / 1024 ** power;
  return `${formatNumber(value, locale, power > 0 && value < 10 ? 1 : 0)}${NBSP}${units[power]}`;
}

/** A share together with its base: `62 % of 318`; one decimal only above a thousand cases. */
export function formatShare(part: number, total: number, locale: Locale): string {
  if (total <= 0) return UNKNOWN;
  const share = formatNumber((part / total) * 100, locale, total > 1000 ? 1 : 0);
  return `${share}${NBSP}% ${words[locale].of}${NBSP}${formatNumber(total, locale)}`;
}

type TimeOptions = { locale: Locale; timeZone: string; now: Date; inWords?: boolean };

/**
 * An instant as people say it: `now`, `5 min`, `14:32`, `Yesterday 14:32`, `Mon 14:32`, `12 Nov`, `12 Nov 2025`. `inWords`
 * writes `just now` and `5 min ago`, which nobody takes for a duration.
 */
export function formatTimeAgo(at: Date, { locale, timeZone, now, inWords = false }: TimeOptions): string {
  const elapsedMs = now.getTime() - at.getTime();
  if (elapsedMs < 45_000) return words[locale][inWords ? "justNow" : "now"];
  if (elapsedMs < 60 * MINUTE_MS) {
    const minutes = `${Math.max(1, Math.floor(elapsedMs / MINUTE_MS))}${NBSP}${words[locale].min}`;
    return inWords ? minutes + words[locale].ago : minutes;
  }

  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(dateLocale[locale], { timeZone, ...options }).format(at);
  const clock = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const days = dayNumber(now, timeZone) - dayNumber(at, timeZone);
  if (days === 0) return clock;
  if (days === 1) return `${words[locale].yesterday}${clock}`;
  if (days < 7) return `${format({ weekday: "short" })}${locale === "ru" ? "," : ""} ${clock}`;
  if (yearOf(now, timeZone) === yearOf(at, timeZone)) return format({ day: "numeric", month: "short" });
  return locale === "ru"
    ? format({ day: "2-digit", month: "2-digit", year: "numeric" })
    : format({ day: "numeric", month: "short", year: "numeric" });
}

/** The whole instant with its zone, for tooltips. */
export function formatFullTime(at: Date, { locale, timeZone }: Pick<TimeOptions, "locale" | "timeZone">): string {
  return new Intl.DateTimeFormat(dateLocale[locale], {
    timeZone,
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  }).format(at);
}

// American English puts the month first; the product writes «12 Nov».
const dateLocale = { en: "en-GB", ru: "ru-RU" } as const satisfies Record<Locale, string>;

const DAY_MS = 86_400_000;
const isoDay = (at: Date, timeZone: string) => new Intl.DateTimeFormat("en-CA", { timeZone }).format(at);
const dayNumber = (at: Date, timeZone: string) => Date.parse(`${isoDay(at, timeZone)}T00:00:00Z`) / DAY_MS;
const yearOf = (at: Date, timeZone: string) => isoDay(at, timeZone).slice(0, 4);
