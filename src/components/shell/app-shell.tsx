"use client";

import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import { BottomBar } from "./bottom-bar";
import { currentPlace, placeCode, type NavItem, type ShellUser, type ShellWorkspace } from "./navigation";
import { ShellContext } from "./shell-context";
import { Sidebar } from "./sidebar";
import { useShortcuts } from "./use-shortcuts";
import { onDemand } from "../on-demand";

const Palette = onDemand(async () => ({ default: (await import("./palette")).Palette }));
const KeyMap = onDemand(async () => ({ default: (await import("./key-map")).KeyMap }));

/** The server reads it too, so that the first paint has the right width. */
export const SIDEBAR_COOKIE = "sidebar";

export type AppShellProps = {
  user: ShellUser;
  workspaces: readonly ShellWorkspace[];
  current: ShellWorkspace;
  items: readonly NavItem[];
  /** From the cookie `sidebar`: `collapsed` or nothing. */
  isCollapsedAtFirst?: boolean;
  accountHref?: string;
  createWorkspaceHref?: string;
  onSignOut: () => void;
  /** What stands above the account: money, for those who may see it. `onChosen` closes the panel that it stands in. */
  renderBadge?: (place: { isCollapsed: boolean; onChosen?: () => void }) => ReactNode;
  /** The strip about the connection, when there is something to say. */
  strip?: ReactNode;
  children: ReactNode;
};

/** The frame around every page of a workspace: menu, palette, shortcuts, phone bar. Fetches nothing. */
export function AppShell({ items, isCollapsedAtFirst = false, strip, children, ...people }: AppShellProps) {
  const t = useTranslations("shell");
  const router = useRouter();
  const [isChosenNarrow, setIsChosenNarrow] = useState(isCollapsedAtFirst);
  const [isOpenedInbox, setIsOpenedInbox] = useState(false);
  const [overlay, setOverlay] = useState<"palette" | "keys">();

  const isWorkbench = currentPlace(items, usePathname())?.key === "inbox";
  const isSqueezed = useIsUnder1280() && isWorkbench;
  const isCollapsed = isSqueezed ? !isOpenedInbox : isChosenNarrow;

  const shell = useMemo(
    () => ({
      isCollapsed,
      openPalette: () => setOverlay("palette"),
      openKeyMap: () => setOverlay("keys"),
      toggleSidebar: () => {
        if (isSqueezed) return setIsOpenedInbox(isCollapsed);
        setIsChosenNarrow(!isCollapsed);
        document.cookie = `${SIDEBAR_COOKIE}=${isCollapsed ? "" : "collapsed"}; path=/; max-age=31536000; samesite=lax`;
      },
    }),
    [isCollapsed, isSqueezed],
  );

  const places = items.flatMap(({ key, href }) => {
    const code = placeCode(key);
    return code ? [[`KeyG ${code}`, () => router.push(href)] as const] : [];
  });
  useShortcuts({
    "mod+KeyK": shell.openPalette,
    "shift+Slash": shell.openKeyMap,
    BracketLeft: shell.toggleSidebar,
    ...Object.fromEntries(places),
  });

  const close = (open: boolean) => !open && setOverlay(undefined);
  return (
    <ShellContext value={shell}>
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-1.5 font-medium text-on-solid focus-visible:translate-y-0"
      >
        {t("skip")}
      </a>
      <div className="flex min-h-dvh bg-bg">
        <Sidebar items={items} isSqueezable={isWorkbench && !isOpenedInbox} {...people} />
        <div className="flex min-w-0 flex-1 flex-col bg-surface pb-[calc(56px+env(safe-area-inset-bottom))] has-data-hides-bottom-bar:pb-0 md:border-l md:pb-0">
          {strip}
          {children}
        </div>
        <BottomBar items={items} {...people} />
      </div>
      {overlay === "palette" && <Palette open onOpenChange={close} items={items} {...people} />}
      {overlay === "keys" && <KeyMap open onOpenChange={close} items={items} />}
    </ShellContext>
  );
}

const NARROW = "(max-width: 1279px)";
const onResize = (tell: () => void) => {
  const query = matchMedia(NARROW);
  query.addEventListener("change", tell);
  return () => query.removeEventListener("change", tell);
};

function useIsUnder1280(): boolean {
  return useSyncExternalStore(
    onResize,
    () => matchMedia(NARROW).matches,
    () => false,
  );
}
