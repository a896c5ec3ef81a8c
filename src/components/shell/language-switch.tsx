"use client";

import { useLocale } from "next-intl";
import { useTransition } from "react";
import { LANGUAGE_NAME } from "@/i18n/language-name";
import { switchLocale } from "@/i18n/locale-action";
import { LOCALES } from "@/lib/locales";
import { Button } from "../ui/button";

/** For pages without an account menu: the other language, named in itself. */
export function LanguageSwitch() {
  const locale = useLocale();
  const [isSwitching, startSwitch] = useTransition();
  return LOCALES.filter((other) => other !== locale).map((other) => (
    <Button
      key={other}
      variant="ghost"
      lang={other}
      busy={isSwitching}
      onClick={() => startSwitch(() => switchLocale(other))}
    >
      {LANGUAGE_NAME[other]}
    </Button>
  ));
}
