"use client";

import { PanelLeft } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { IconButton } from "../ui/icon-button";
import { Tooltip } from "../ui/tooltip";
import { cn } from "../cn";
import { AccountMenu } from "./account-menu";
import type { AppShellProps } from "./app-shell";
import { currentPlace, PLACE_ICON, placeCode, type NavItem } from "./navigation";
import { useShell } from "./shell-context";
import { WorkspaceSwitcher } from "./workspace-switcher";

type SidebarProps = Pick<
  AppShellProps,
  "user" | "workspaces" | "current" | "items" | "accountHref" | "createWorkspaceHref" | "onSignOut" | "renderBadge"
> & {
  /** Narrow below 1280 px, from the first paint on: before a script could measure the window. */
  isSqueezable?: boolean;
};

/** 232 px, or 56 when collapsed; phones have the bar at the bottom instead. */
export function Sidebar({
  user,
  workspaces,
  current,
  items,
  accountHref,
  createWorkspaceHref,
  onSignOut,
  renderBadge,
  isSqueezable = false,
}: SidebarProps) {
  const t = useTranslations("shell");
  const shell = useShell();
  const pathname = usePathname();
  const isCollapsed = shell?.isCollapsed ?? false;
  const active = currentPlace(items, pathname);
  return (
    <aside
      data-sidebar={isCollapsed ? "narrow" : "wide"}
      className={cn(
        "sticky top-0 hidden h-dvh shrink-0 flex-col gap-2 p-2 md:flex",
        isCollapsed ? "w-14" : "w-58",
        isSqueezable && "overflow-hidden max-xl:w-14",
      )}
    >
      <WorkspaceSwitcher {...{ workspaces, current, createWorkspaceHref, isCollapsed }} />
      <nav aria-label={t("nav.label")} className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto">
        {items.map((item) => (
          <Place key={item.key} item={item} isActive={item === active} isCollapsed={isCollapsed} pathname={pathname} />
        ))}
      </nav>
      {renderBadge?.({ isCollapsed })}
      <div className={cn("flex items-center gap-1", isCollapsed && "flex-col")}>
        <AccountMenu {...{ user, accountHref, onSignOut, isCollapsed }} />
        <IconButton
          label={t(isCollapsed ? "sidebar.expand" : "sidebar.collapse")}
          keys={["["]}
          onClick={shell?.toggleSidebar}
        >
          <PanelLeft aria-hidden />
        </IconButton>
      </div>
    </aside>
  );
}

const rowStyle =
  "flex h-8 items-center gap-2.5 rounded-md px-2 text-text-2 transition-colors hover:bg-hover hover:text-text focus-inset touch-target " +
  "aria-[current=page]:bg-selected aria-[current=page]:font-medium aria-[current=page]:text-text";

type PlaceProps = { item: NavItem; isActive: boolean; isCollapsed: boolean; pathname: string };

function Place({ item, isActive, isCollapsed, pathname }: PlaceProps) {
  const t = useTranslations("shell.nav");
  const Icon = PLACE_ICON[item.key];
  const code = placeCode(item.key);
  const label = t(item.key);
  const isChildActive = item.items?.some(({ href }) => pathname.startsWith(href)) ?? false;
  const link = (
    <Link
      href={item.href}
      aria-current={isActive && !(isChildActive && !isCollapsed) ? "page" : undefined}
      aria-label={isCollapsed ? label : undefined}
      className={cn(rowStyle, "relative", isCollapsed && "justify-center px-0")}
    >
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      {!isCollapsed && <span className="min-w-0 flex-1 truncate">{label}</span>}
      {item.badge ? (
        <span
          className={cn(
            "rounded-full bg-accent px-1.5 text-xs font-medium text-on-solid tabular-nums",
            isCollapsed && "absolute top-0 right-0 px-1 leading-4",
          )}
        >
          {item.badge}
        </span>
      ) : null}
    </Link>
  );
  return (
    <>
      {isCollapsed ? (
        <Tooltip content={label} side="right" keys={code ? ["G", code.slice(-1)] : undefined}>
          {link}
        </Tooltip>
      ) : (
        link
      )}
      {!isCollapsed &&
        item.items?.slice(0, 5).map(({ href, label: name, isLive }) => (
          <Link
            key={href}
            href={href}
            aria-current={pathname.startsWith(href) ? "page" : undefined}
            className={cn(rowStyle, "h-7 pl-8.5 text-sm")}
          >
            <span
              aria-hidden
              className={cn("size-1.5 shrink-0 rounded-full", isLive ? "bg-success" : "border border-border-strong")}
            />
            <span className="truncate">{name}</span>
          </Link>
        ))}
    </>
  );
}
