"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { AccountPanel } from "./account-menu";
import type { AppShellProps } from "./app-shell";
import { Flyout, flyoutRowStyle } from "./flyout";
import { currentPlace, PLACE_ICON, type NavItem } from "./navigation";
import { WorkspaceList } from "./workspace-switcher";

type BottomBarProps = Pick<
  AppShellProps,
  "user" | "workspaces" | "current" | "items" | "accountHref" | "createWorkspaceHref" | "onSignOut" | "renderBadge"
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
  renderBadge,
}: BottomBarProps) {
  const t = useTranslations("shell.nav");
  const active = currentPlace(items, usePathname());
  const rest = items.slice(BEFORE_MORE);
  const place = (item: NavItem, style: string, onChosen?: () => void) => {
    const Icon = PLACE_ICON[item.key];
    return (
      <Link
        key={item.key}
        href={item.href}
        onClick={onChosen}
        aria-current={item === active ? "page" : undefined}
        className={style}
      >
        <Icon aria-hidden className="size-5" strokeWidth={1.75} />
        <span className="max-w-full truncate px-1">{t(item.key)}</span>
      </Link>
    );
  };
  return (
    <nav
      aria-label={t("label")}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t bg-raised pb-[env(safe-area-inset-bottom)] in-[:has([data-hides-bottom-bar])]:hidden md:hidden"
    >
      {items.slice(0, BEFORE_MORE).map((item) => place(item, placeStyle))}
      <Flyout
        label={t("more")}
        isCurrent={active !== undefined && rest.includes(active)}
        triggerClassName={placeStyle}
        className="inset-x-2 bottom-[calc(64px+env(safe-area-inset-bottom))] w-auto"
        trigger={
          <>
            <Ellipsis aria-hidden className="size-5" strokeWidth={1.75} />
            {t("more")}
          </>
        }
      >
        {(close) => (
          <>
            {renderBadge?.({ isCollapsed: false, onChosen: close })}
            {rest.map((item) => place(item, flyoutRowStyle, close))}
            <hr className="my-1" />
            <WorkspaceList {...{ workspaces, current, createWorkspaceHref }} onChosen={close} />
            <hr className="my-1" />
            <AccountPanel {...{ user, accountHref, onSignOut }} onChosen={close} />
          </>
        )}
      </Flyout>
    </nav>
  );
}
