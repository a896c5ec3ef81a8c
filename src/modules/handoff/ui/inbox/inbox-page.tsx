"use client";

import { Inbox } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/cn";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { ContextPanel } from "@/modules/handoff/ui/conversation/context-panel";
import { ConversationPane } from "@/modules/handoff/ui/conversation/conversation-pane";
import { ContextFrame } from "./context-frame";
import { InboxColumn } from "./inbox-column";
import { useContextPane } from "./use-context-pane";
import { useInboxPlace } from "./use-inbox-place";

/** List, conversation and context: three panes from 1280 px on, two from 1024, one below. */
export function InboxPage({ baseHref }: { baseHref: string }) {
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
            <ConversationPane key={dialogId} dialogId={dialogId} onLeave={() => place.go({ dialogId: undefined })} />
          )}
        </div>
        {dialogId !== undefined && (
          <ContextFrame state={context}>
            <ContextPanel key={dialogId} dialogId={dialogId} />
          </ContextFrame>
        )}
      </div>
    </Page>
  );
}
