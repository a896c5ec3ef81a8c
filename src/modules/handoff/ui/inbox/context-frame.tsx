"use client";

import { PanelRightClose, PanelRightOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/cn";
import { onDemand } from "@/components/on-demand";
import { IconButton } from "@/components/ui/icon-button";
import { paneWidthClass } from "./pane-width-class";
import type { PanesState } from "./use-panes";

const PaneEdge = onDemand(async () => ({ default: (await import("./pane-edge")).PaneEdge }));

/** The column at the right, and the button that brings it back. */
export function ContextFrame({ panes, children }: { panes: PanesState; children: ReactNode }) {
  const t = useTranslations("inbox.context");
  const { isContextClosed: isClosedWide, isContextOpenNarrow: isOpenNarrow } = panes;
  return (
    <>
      <IconButton
        label={t("show")}
        keys={["I"]}
        onClick={panes.toggleContext}
        className={cn(
          "absolute top-2 right-2 z-20 bg-surface",
          isOpenNarrow && "max-xl:hidden",
          !isClosedWide && "xl:hidden",
        )}
      >
        <PanelRightOpen aria-hidden />
      </IconButton>
      {!isClosedWide && (
        <PaneEdge label={t("width")} pane="right" widthPx={panes.contextPx} onChange={panes.setContextPx} />
      )}
      <aside
        aria-label={t("label")}
        className={cn(
          "w-80 shrink-0 flex-col border-l bg-surface",
          "max-xl:absolute max-xl:inset-y-0 max-xl:right-0 max-xl:z-30 max-xl:shadow-dialog max-sm:w-full max-sm:border-l-0",
          paneWidthClass[panes.contextPx],
          isOpenNarrow ? "max-xl:flex" : "max-xl:hidden",
          isClosedWide ? "xl:hidden" : "xl:flex",
        )}
      >
        <div className="flex justify-end px-2 pt-2">
          <IconButton size="sm" label={t("hide")} keys={["I"]} onClick={panes.closeContext}>
            <PanelRightClose aria-hidden />
          </IconButton>
        </div>
        <div className="relative min-h-0 flex-1 overflow-y-auto">{children}</div>
      </aside>
    </>
  );
}
