import {
  Bot,
  Inbox,
  LayoutDashboard,
  MessagesSquare,
  Settings,
  Shield,
  Users,
  Wallet,
  type LucideIcon,
} from "lucide-react";

export type PlaceKey = "overview" | "inbox" | "dialogs" | "assistants" | "balance" | "team" | "settings" | "admin";

/** One place of the menu. Forbidden and unbuilt places are simply not passed. */
export type NavItem = {
  key: PlaceKey;
  href: string;
  /** Things that need action, shown as a number. */
  badge?: number;
  /** Shown below the item while the menu is wide, five at most. */
  items?: readonly { href: string; label: string; isLive: boolean }[];
};

export type WorkspaceRole = "owner" | "admin" | "operator";
export type ShellWorkspace = { id: string; slug: string; name: string; role: WorkspaceRole };
export type ShellUser = { name: string; email: string };

export const PLACE_ICON: Record<PlaceKey, LucideIcon> = {
  overview: LayoutDashboard,
  inbox: Inbox,
  dialogs: MessagesSquare,
  assistants: Bot,
  balance: Wallet,
  team: Users,
  settings: Settings,
  admin: Shield,
};

/** The key pressed after G, by physical key. */
export const PLACE_CODE = {
  overview: "KeyO",
  inbox: "KeyI",
  dialogs: "KeyD",
  assistants: "KeyA",
  balance: "KeyB",
  team: "KeyT",
  settings: "KeyS",
} as const;

export function placeCode(key: PlaceKey): string | undefined {
  return key === "admin" ? undefined : PLACE_CODE[key];
}

/** The place that a path belongs to: the longest address that begins it. Every address begins with the overview's. */
export function currentPlace(items: readonly NavItem[], pathname: string): NavItem | undefined {
  const fits = ({ key, href }: NavItem) => pathname === href || (key !== "overview" && pathname.startsWith(`${href}/`));
  return items.filter(fits).sort((one, other) => other.href.length - one.href.length)[0];
}
