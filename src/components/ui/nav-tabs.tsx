"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef, type ReactNode } from "react";
import { cn } from "../cn";
import { tabListStyle, tabStyle } from "./tab-style";

type NavTab = { href: string; label: ReactNode; badge?: ReactNode };

/** Tabs that are pages of their own. */
export function NavTabs({ label, tabs, className }: { label: string; tabs: readonly NavTab[]; className?: string }) {
  const pathname = usePathname();
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    const current = row.current?.querySelector<HTMLElement>("[aria-current=page]");
    // Only the row moves: `scrollIntoView` would also move the page.
    if (row.current && current)
      row.current.scrollLeft = current.offsetLeft + current.offsetWidth - row.current.offsetWidth;
  }, [pathname]);
  return (
    <nav ref={row} aria-label={label} className={cn(tabListStyle, className)}>
      {tabs.map(({ href, label: text, badge }) => (
        <Link key={href} href={href} aria-current={pathname === href ? "page" : undefined} className={tabStyle}>
          {text}
          {badge}
        </Link>
      ))}
    </nav>
  );
}
