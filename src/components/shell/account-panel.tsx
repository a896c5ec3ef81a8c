"use client";

import { Keyboard, LogOut, Monitor, Moon, Sun, UserRound } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useId, useOptimistic, useTransition, type ReactNode } from "react";
import { LANGUAGE_NAME } from "@/i18n/language-name";
import { switchLocale } from "@/i18n/locale-action";
import { LOCALES, toLocale } from "@/lib/locales";
import { cn } from "../cn";
import { Kbd } from "../ui/kbd";
import { useIsInBrowser } from "../use-is-in-browser";
import type { AccountPanelProps } from "./account-menu";
import { flyoutRowStyle } from "./flyout";
import { useShell } from "./shell-context";

/** The inside of the account menu: appearance, language, own settings, the way out. */
export default function AccountPanel({
  user,
  accountHref = "/account/profile",
  onSignOut,
  onChosen,
}: AccountPanelProps) {
  const t = useTranslations("shell.account");
  const shell = useShell();
  const openKeyMap = () => {
    onChosen();
    shell?.openKeyMap();
  };
  return (
    <>
      <div className="px-2 py-1.5">
        <p className="truncate font-medium">{user.name}</p>
        <p className="truncate text-sm text-muted">{user.email}</p>
      </div>
      <Preferences />
      <Link href={accountHref} prefetch={false} onClick={onChosen} className={flyoutRowStyle}>
        <UserRound aria-hidden /> {t("settings")}
      </Link>
      <button type="button" onClick={openKeyMap} className={cn(flyoutRowStyle, "coarse:hidden")}>
        <Keyboard aria-hidden /> <span className="flex-1">{t("keys")}</span> <Kbd keys={["?"]} />
      </button>
      <button type="button" onClick={onSignOut} className={flyoutRowStyle}>
        <LogOut aria-hidden /> {t("signOut")}
      </button>
    </>
  );
}

const THEME_ICON = { system: Monitor, light: Sun, dark: Moon } as const;
const THEMES = ["system", "light", "dark"] as const;

function Preferences() {
  const t = useTranslations("shell.account");
  const [locale, chooseLocale] = useOptimistic(useLocale());
  const { theme, setTheme } = useTheme();
  const [, startSwitch] = useTransition();
  // The server does not know the theme, so the first render in the browser must not either.
  const isHydrated = useIsInBrowser();
  return (
    <div className="mb-1 flex flex-col gap-2 border-b px-2 pt-1 pb-3">
      <Segments
        label={t("theme")}
        value={isHydrated ? theme : undefined}
        onChange={setTheme}
        options={THEMES.map((name) => {
          const Icon = THEME_ICON[name];
          return { value: name, label: t(name), face: <Icon aria-hidden className="size-4" strokeWidth={1.75} /> };
        })}
      />
      <Segments
        label={t("language")}
        value={locale}
        onChange={(next) =>
          startSwitch(async () => {
            chooseLocale(toLocale(next));
            await switchLocale(next);
          })
        }
        options={LOCALES.map((name) => ({ value: name, label: LANGUAGE_NAME[name], face: LANGUAGE_NAME[name] }))}
      />
    </div>
  );
}

type SegmentsProps = {
  label: string;
  value: string | undefined;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string; face: ReactNode }[];
};

function Segments({ label, value, onChange, options }: SegmentsProps) {
  const name = useId();
  return (
    <fieldset className="flex rounded-md border bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          title={option.label}
          className="relative grid h-6 flex-1 cursor-pointer place-items-center rounded-sm text-sm text-muted has-checked:bg-raised has-checked:text-text has-focus-visible:outline-2 has-focus-visible:outline-focus coarse:h-10"
        >
          <input
            type="radio"
            name={name}
            aria-label={option.label}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none"
          />
          {option.face}
        </label>
      ))}
    </fieldset>
  );
}
