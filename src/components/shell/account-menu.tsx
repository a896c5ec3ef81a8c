"use client";

import { Keyboard, LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useTransition } from "react";
import { LANGUAGE_NAME } from "@/i18n/language-name";
import { switchLocale } from "@/i18n/locale-action";
import { LOCALES } from "@/lib/locales";
import { Avatar } from "../ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { cn } from "../cn";
import type { ShellUser } from "./navigation";
import { useShell } from "./shell-context";

type AccountMenuProps = { user: ShellUser; accountHref?: string; onSignOut: () => void; isCollapsed?: boolean };

const THEMES = ["system", "light", "dark"] as const;

export function AccountMenu({
  user,
  accountHref = "/account/profile",
  onSignOut,
  isCollapsed = false,
}: AccountMenuProps) {
  const t = useTranslations("shell.account");
  const locale = useLocale();
  const shell = useShell();
  const { theme, setTheme } = useTheme();
  const [, startSwitch] = useTransition();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`${t("menu")}: ${user.name}`}
        className={cn(
          "flex h-9 min-w-0 items-center gap-2.5 rounded-md px-1.5 text-left hover:bg-hover focus-inset touch-target",
          !isCollapsed && "flex-1",
        )}
      >
        <Avatar name={user.name} />
        {!isCollapsed && <span className="truncate">{user.name}</span>}
      </DropdownMenuTrigger>
      <DropdownMenuContent side="top" className="w-60">
        <div className="px-2 py-1.5">
          <p className="truncate font-medium">{user.name}</p>
          <p className="truncate text-sm text-muted">{user.email}</p>
        </div>
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href={accountHref}>
            <UserRound aria-hidden /> {t("settings")}
          </Link>
        </DropdownMenuItem>
        {shell && (
          <DropdownMenuItem
            icon={<Keyboard aria-hidden />}
            keys={["?"]}
            onSelect={shell.openKeyMap}
            className="coarse:hidden"
          >
            {t("keys")}
          </DropdownMenuItem>
        )}
        <DropdownMenuSeparator />
        <DropdownMenuLabel>{t("theme")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={theme} onValueChange={setTheme}>
          {THEMES.map((name) => (
            <DropdownMenuRadioItem key={name} value={name}>
              {t(name)}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuLabel>{t("language")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={locale} onValueChange={(next) => startSwitch(() => switchLocale(next))}>
          {LOCALES.map((name) => (
            <DropdownMenuRadioItem key={name} value={name} lang={name}>
              {LANGUAGE_NAME[name]}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem icon={<LogOut aria-hidden />} onSelect={onSignOut}>
          {t("signOut")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
