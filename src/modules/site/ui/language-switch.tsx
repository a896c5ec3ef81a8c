import { useLocale, useTranslations } from "next-intl";
import { cn } from "@/components/cn";
import { LANGUAGE_NAME } from "@/i18n/language-name";
import { switchLocale } from "@/i18n/locale-action";
import { LOCALES } from "@/lib/locales";

/** Plain forms, so that the language changes before any script has loaded. */
export function LanguageSwitch() {
  const t = useTranslations("site.nav");
  const current = useLocale();
  return (
    <div role="group" aria-label={t("language")} className="flex">
      {LOCALES.map((locale) => (
        <form key={locale} action={switchLocale.bind(null, locale)}>
          <button
            type="submit"
            lang={locale}
            aria-pressed={locale === current}
            className={cn(
              "touch-target h-8 min-w-9 rounded-md px-2 text-sm font-medium uppercase",
              locale === current ? "text-text" : "text-muted hover:bg-hover hover:text-text",
            )}
          >
            <span className={cn(locale === current && "underline decoration-accent decoration-2 underline-offset-6")}>
              {locale}
            </span>
            <span className="sr-only normal-case">, {LANGUAGE_NAME[locale]}</span>
          </button>
        </form>
      ))}
    </div>
  );
}
