"use client";

import { useFormatter, useTranslations } from "next-intl";
import { memo, type ReactNode } from "react";
import { RailSegment } from "@/components/ui/handover-rail";
import { usePersonsTimeZone } from "@/components/ui/time-ago";
import type { DialogDetail } from "@/modules/dialogs/contract";
import type { ThreadRow } from "@/modules/handoff/conversation/rules";
import { DraftBubble } from "./draft-bubble";
import { LiveBubble } from "./live-bubble";
import { MessageBubble } from "./message-bubble";
import { NoteBubble } from "./note-bubble";

/** One line of the conversation with its piece of the rail. Lines touch, so the pieces make one line. Scrolling draws none of them again. */
export const ThreadLine = memo(function ThreadLine({ row, dialog }: { row: ThreadRow; dialog: DialogDetail }) {
  return (
    <div className="relative py-1 pl-6">
      <RailSegment holder={row.holder} startsHere={row.startsHere} />
      <Content row={row} dialog={dialog} />
    </div>
  );
});

function Content({ row, dialog }: { row: ThreadRow; dialog: DialogDetail }): ReactNode {
  switch (row.kind) {
    case "day":
      return <DayDivider at={row.at} />;
    case "unread":
      return <UnreadDivider />;
    case "message":
      return <MessageBubble message={row.message} hasHeader={row.hasHeader} dialog={dialog} />;
    case "note":
      return <NoteBubble note={row.note} />;
    case "draft":
      return <DraftBubble draft={row.draft} />;
    case "live":
      return <LiveBubble dialog={dialog} text={row.text} />;
  }
}

function DayDivider({ at }: { at: Date }) {
  const format = useFormatter();
  const timeZone = usePersonsTimeZone();
  const year = at.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return (
    <h3 className="flex items-center gap-3 py-2 text-xs font-normal text-muted">
      <span aria-hidden className="h-px flex-1 bg-border" />
      <time dateTime={at.toISOString()}>{format.dateTime(at, { day: "numeric", month: "long", year, timeZone })}</time>
      <span aria-hidden className="h-px flex-1 bg-border" />
    </h3>
  );
}

function UnreadDivider() {
  const t = useTranslations("conversation.thread");
  return (
    <p className="flex items-center gap-3 py-1 text-xs font-medium text-accent-text">
      <span aria-hidden className="h-px flex-1 bg-accent" />
      {t("unread")}
      <span aria-hidden className="h-px flex-1 bg-accent" />
    </p>
  );
}
