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

// What operators reach for comes first under the thumb; the rest keeps the order of the menu.
const ON_THE_BAR: readonly NavItem["key"][] = ["inbox", "dialogs", "overview", "assistants"];

const placeStyle =
  "relative flex h-14 min-w-11 flex-auto flex-col items-center justify-center gap-0.5 text-xs text-muted focus-inset aria-[current=page]:font-medium aria-[current=page]:text-accent-text";

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
  const onTheBar = ON_THE_BAR.flatMap((key) => items.filter((item) => item.key === key));
  const rest = items.filter(({ key }) => !ON_THE_BAR.includes(key));
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
        {item.badge ? (
          <span className="absolute top-1 left-1/2 ml-2 rounded-full bg-accent px-1 text-xs leading-4 font-medium text-on-solid tabular-nums">
            {item.badge}
          </span>
        ) : null}
      </Link>
    );
  };
  return (
    <nav
      aria-label={t("label")}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t bg-raised pb-[env(safe-area-inset-bottom)] in-[:has([data-hides-bottom-bar])]:hidden md:hidden"
    >
      {onTheBar.map((item) => place(item, placeStyle))}
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
