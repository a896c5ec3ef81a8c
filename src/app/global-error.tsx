"use client";

import { useSyncExternalStore } from "react";
import { DEFAULT_LOCALE, LOCALES } from "@/lib/locales";
import "./globals.css";

type GlobalErrorProps = { error: Error & { digest?: string }; retry: () => void };

// Nothing above this page works, message files included, so it carries its own words.
const words = {
  en: { title: "ChatAI did not open", hint: "The fault is on our side. Your data is safe", retry: "Retry" },
  ru: { title: "ChatAI не открывается", hint: "Сбой на нашей стороне. Данные в безопасности", retry: "Повторить" },
} as const;

const never = () => () => {};
const cookieLocale = () => LOCALES.find((locale) => document.cookie.includes(`locale=${locale}`)) ?? DEFAULT_LOCALE;

export default function GlobalError({ error, retry }: GlobalErrorProps) {
  const locale = useSyncExternalStore(never, cookieLocale, () => DEFAULT_LOCALE);
  const text = words[locale];
  return (
    <html lang={locale}>
      <body>
        <title>{text.title}</title>
        <main className="grid min-h-dvh place-items-center p-4">
          <div className="flex flex-col items-center gap-2 text-center">
            <h1 className="text-xl">{text.title}</h1>
            <p className="text-text-2">{text.hint}</p>
            {error.digest && <code className="font-mono text-xs text-muted">{error.digest}</code>}
            <button
              type="button"
              onClick={retry}
              className="mt-2 h-8 rounded-md bg-accent px-3 font-medium text-on-solid"
            >
              {text.retry}
            </button>
          </div>
        </main>
      </body>
    </html>
  );
}
