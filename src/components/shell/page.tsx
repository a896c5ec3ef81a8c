"use client";

import { ChevronLeft, Search } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "../cn";
import { Kbd } from "../ui/kbd";
import { useShell } from "./shell-context";

type PageProps = {
  title: ReactNode;
  /** The page above this one. */
  back?: { href: string; label: string };
  /** Beside the title: a state, a version. */
  status?: ReactNode;
  /** The one primary action, and at most a few quiet ones before it. */
  action?: ReactNode;
  /** Under the bar: `NavTabs`. */
  tabs?: ReactNode;
  /** `form` is 640 px, `page` 1200, `full` the whole width; `fill` also has exactly the height of the window, for chats. */
  width?: "form" | "page" | "full" | "fill";
  /** Phones hide the menu bar inside a conversation. */
  hidesBottomBar?: boolean;
  /** The whole window belongs to the content where there is room for one pane only. */
  hidesBarWhenNarrow?: boolean;
  className?: string;
  children: ReactNode;
};

const widths = { form: "max-w-176", page: "max-w-312", full: "", fill: "" } as const;

/** A page of the product: sticky bar of 48 px with title and action, then the content. */
export function Page({
  title,
  back,
  status,
  action,
  tabs,
  width = "page",
  hidesBottomBar = false,
  hidesBarWhenNarrow = false,
  className,
  children,
}: PageProps) {
  const isFill = width === "fill";
  return (
    <div
      data-hides-bottom-bar={hidesBottomBar || undefined}
      className={cn(
        "flex min-w-0 flex-1 flex-col",
        isFill && "md:h-dvh md:flex-none",
        isFill && (hidesBottomBar ? "h-dvh flex-none" : "h-[calc(100dvh-56px)] flex-none"),
      )}
    >
      <header
        className={cn(
          "z-20 shrink-0 border-b bg-surface",
          !isFill && "sticky top-0",
          hidesBarWhenNarrow && "max-lg:hidden",
        )}
      >
        <div className="flex h-12 items-center gap-2 px-4 md:px-6">
          {back && (
            <Link
              href={back.href}
              aria-label={back.label}
              className="-ml-2 grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-text touch-target coarse:min-w-11"
            >
              <ChevronLeft aria-hidden className="size-4" strokeWidth={1.75} />
            </Link>
          )}
          <h1 className="min-w-0 truncate font-display text-lg md:text-xl">{title}</h1>
          {status && <div className="flex shrink-0 items-center gap-2 max-sm:hidden">{status}</div>}
          <div className="ml-auto flex shrink-0 items-center gap-2">
            <PaletteButton />
            {action}
          </div>
        </div>
        {tabs && <div className="px-4 md:px-6 [&>nav]:border-b-0">{tabs}</div>}
      </header>
      <main
        id="content"
        tabIndex={-1}
        className={cn(
          "min-w-0 flex-1 outline-none",
          isFill ? "relative min-h-0 overflow-clip not-has-[>[data-end]]:invisible" : "mx-auto w-full p-4 md:p-6",
          widths[width],
          className,
        )}
      >
        {children}
        {/* What came so far may be painted at any moment, and a pane that comes later pushes those that share its room. */}
        {isFill && <span data-end hidden />}
      </main>
    </div>
  );
}

function PaletteButton() {
  const t = useTranslations("shell.palette");
  const shell = useShell();
  if (!shell) return null;
  return (
    <button
      type="button"
      onClick={shell.openPalette}
      className="flex h-8 items-center gap-2 rounded-md px-2 text-muted transition-colors hover:bg-hover hover:text-text touch-target coarse:min-w-11 coarse:justify-center lg:w-48 lg:border lg:bg-raised"
    >
      <Search aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      <span className="flex-1 text-left text-sm max-lg:sr-only">{t("short")}</span>
      <Kbd keys={["mod", "K"]} className="max-lg:hidden" />
    </button>
  );
}
