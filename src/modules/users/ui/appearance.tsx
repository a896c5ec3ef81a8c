"use client";

import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useTransition } from "react";
import { SectionCard } from "@/components/ui/card";
import { SelectField } from "@/components/ui/select";
import { useIsInBrowser } from "@/components/use-is-in-browser";
import { LANGUAGE_NAME } from "@/i18n/language-name";
import { switchLocale } from "@/i18n/locale-action";
import { LOCALES } from "@/lib/locales";

const THEMES = ["system", "light", "dark"] as const;
/** What this browser remembers: saved at once, because it can be changed back as easily. */
export function Appearance() {
  const t = useTranslations("users.appearance");
  const locale = useLocale();
  const { theme, setTheme } = useTheme();
  const [isSwitching, startSwitch] = useTransition();
  // The server does not know the theme, so the first render in the browser must not either.
  const isHydrated = useIsInBrowser();
  return (
    <SectionCard title={t("title")} description={t("lead")}>
      <div className="flex flex-col gap-4">
        <SelectField
          label={t("theme")}
          value={(isHydrated && theme) || "system"}
          onChange={(event) => setTheme(event.target.value)}
          options={THEMES.map((name) => ({ value: name, label: t(name) }))}
        />
        <SelectField
          label={t("language")}
          value={locale}
          disabled={isSwitching}
          onChange={(event) => startSwitch(() => switchLocale(event.target.value))}
          options={LOCALES.map((name) => ({ value: name, label: LANGUAGE_NAME[name] }))}
        />
      </div>
    </SectionCard>
  );
}
