"use client";

import { Inbox } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/cn";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { ContextFrame } from "./context-frame";
import { InboxColumn } from "./inbox-column";
import { useContextPane } from "./use-context-pane";
import { useInboxPlace } from "./use-inbox-place";

type InboxPageProps = {
  baseHref: string;
  /** The open conversation and what surrounds it; given by a later tier, which knows how answers are made. */
  renderConversation: (open: { dialogId: string; onLeave: () => void }) => ReactNode;
  renderContext: (dialogId: string) => ReactNode;
};

/** List, conversation and context: three panes from 1280 px on, two from 1024, one below. */
export function InboxPage({ baseHref, renderConversation, renderContext }: InboxPageProps) {
  const t = useTranslations("inbox");
  const place = useInboxPlace(baseHref);
  const context = useContextPane();
  const { dialogId } = place;
  const isOpen = dialogId !== undefined;
  return (
    <Page title={t("title")} width="fill" hidesBottomBar={isOpen} hidesBarWhenNarrow={isOpen}>
      <div className="relative flex h-full min-h-0 overflow-hidden">
        <InboxColumn
          place={place}
          onToggleContext={context.toggle}
          className={cn("lg:w-80 lg:flex-none lg:border-r", isOpen && "max-lg:hidden")}
        />
        <div className={cn("min-w-0 flex-1", !isOpen && "max-lg:hidden")}>
          {dialogId === undefined ? (
            <EmptyState icon={<Inbox />} title={t("nothingOpen")} hint={t("nothingOpenHint")} className="h-full" />
          ) : (
            renderConversation({ dialogId, onLeave: () => place.go({ dialogId: undefined }) })
          )}
        </div>
        {dialogId !== undefined && <ContextFrame state={context}>{renderContext(dialogId)}</ContextFrame>}
      </div>
    </Page>
  );
}
