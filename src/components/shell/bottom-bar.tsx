"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Sheet, SheetContent, SheetTrigger } from "../ui/sheet";
import { AccountMenu } from "./account-menu";
import type { AppShellProps } from "./app-shell";
import { currentPlace, PLACE_ICON } from "./navigation";
import { WorkspaceSwitcher } from "./workspace-switcher";

type BottomBarProps = Pick<
  AppShellProps,
  "user" | "workspaces" | "current" | "items" | "accountHref" | "createWorkspaceHref" | "onSignOut"
>;

const BEFORE_MORE = 3;

const placeStyle =
  "flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-xs text-muted focus-inset aria-[current=page]:font-medium aria-[current=page]:text-accent-text";

/** The menu of phones. */
export function BottomBar({
  user,
  workspaces,
  current,
  items,
  accountHref,
  createWorkspaceHref,
  onSignOut,
}: BottomBarProps) {
  const t = useTranslations("shell.nav");
  const pathname = usePathname();
  const [isOpen, setIsOpen] = useState(false);
  const active = currentPlace(items, pathname);
  const rest = items.slice(BEFORE_MORE);
  const place = ({ key, href }: (typeof items)[number]) => {
    const Icon = PLACE_ICON[key];
    return (
      <Link key={key} href={href} aria-current={active?.key === key ? "page" : undefined} className={placeStyle}>
        <Icon aria-hidden className="size-5" strokeWidth={1.75} />
        <span className="max-w-full truncate px-1">{t(key)}</span>
      </Link>
    );
  };
  return (
    <nav
      aria-label={t("label")}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t bg-raised pb-[env(safe-area-inset-bottom)] in-[:has([data-hides-bottom-bar])]:hidden md:hidden"
    >
      {items.slice(0, BEFORE_MORE).map(place)}
      <Sheet open={isOpen} onOpenChange={setIsOpen}>
        <SheetTrigger
          aria-current={rest.some(({ key }) => key === active?.key) ? "page" : undefined}
          className={placeStyle}
        >
          <Ellipsis aria-hidden className="size-5" strokeWidth={1.75} />
          {t("more")}
        </SheetTrigger>
        <SheetContent title={t("more")}>
          <div className="flex flex-col gap-1">
            {rest.map(({ key, href }) => {
              const Icon = PLACE_ICON[key];
              return (
                <Link
                  key={key}
                  href={href}
                  onClick={() => setIsOpen(false)}
                  aria-current={active?.key === key ? "page" : undefined}
                  className="flex h-11 items-center gap-3 rounded-md px-2 focus-inset aria-[current=page]:bg-selected"
                >
                  <Icon aria-hidden className="size-5 text-muted" strokeWidth={1.75} />
                  {t(key)}
                </Link>
              );
            })}
            <hr className="my-2" />
            <WorkspaceSwitcher {...{ workspaces, current, createWorkspaceHref }} />
            <AccountMenu {...{ user, accountHref, onSignOut }} />
          </div>
        </SheetContent>
      </Sheet>
    </nav>
  );
}
