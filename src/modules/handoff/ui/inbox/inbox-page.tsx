"use client";

import { Inbox } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/cn";
import { onDemand } from "@/components/on-demand";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import type { Panes } from "@/modules/handoff/inbox/panes";
import { paneWidthClass } from "./pane-width-class";
import { ContextFrame } from "./context-frame";
import { InboxColumn } from "./inbox-column";
import { useInboxPlace } from "./use-inbox-place";
import { usePanes } from "./use-panes";

const PaneEdge = onDemand(async () => ({ default: (await import("./pane-edge")).PaneEdge }));

type InboxPageProps = {
  baseHref: string;
  /** As they were left at the last visit. */
  panes: Panes;
  /** The open conversation and what surrounds it; given by a later tier, which knows how answers are made. */
  renderConversation: (open: { dialogId: string; onLeave: () => void }) => ReactNode;
  renderContext: (dialogId: string) => ReactNode;
};

/** List, conversation and context: three panes from 1280 px on, two from 1024, one below. */
export function InboxPage({ baseHref, panes: panesAtFirst, renderConversation, renderContext }: InboxPageProps) {
  const t = useTranslations("inbox");
  const place = useInboxPlace(baseHref);
  const panes = usePanes(panesAtFirst);
  const { dialogId } = place;
  const isOpen = dialogId !== undefined;
  return (
    <Page title={t("title")} width="fill" hidesBottomBar={isOpen} hidesBarWhenNarrow={isOpen}>
      {/* The bar of the conversation ends before the button that brings the context back. */}
      <div
        className={cn(
          "relative flex h-full min-h-0 overflow-hidden [--bar-end:3.5rem]",
          !panes.isContextClosed && "xl:[--bar-end:1rem]",
        )}
      >
        <InboxColumn
          place={place}
          onToggleContext={panes.toggleContext}
          className={cn("lg:w-80 lg:flex-none lg:border-r", paneWidthClass[panes.listPx], isOpen && "max-lg:hidden")}
        />
        <PaneEdge label={t("listWidth")} pane="left" widthPx={panes.listPx} onChange={panes.setListPx} />
        <div className={cn("min-w-0 flex-1", !isOpen && "max-lg:hidden")}>
          {dialogId === undefined ? (
            <EmptyState icon={<Inbox />} title={t("nothingOpen")} hint={t("nothingOpenHint")} className="h-full" />
          ) : (
            renderConversation({ dialogId, onLeave: () => place.go({ dialogId: undefined }) })
          )}
        </div>
        {dialogId !== undefined && <ContextFrame panes={panes}>{renderContext(dialogId)}</ContextFrame>}
      </div>
    </Page>
  );
}
