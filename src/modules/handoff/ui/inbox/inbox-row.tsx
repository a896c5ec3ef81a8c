"use client";

import { Clock, Eye, Headset } from "lucide-react";
import { useTranslations } from "next-intl";
import type { MouseEvent } from "react";
import { cn } from "@/components/cn";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { TimeAgo } from "@/components/ui/time-ago";
import { previewOf } from "@/lib/text";
import { useDialogWords } from "@/modules/dialogs/ui/use-dialog-words";
import { waitState } from "@/modules/handoff/inbox/rules";
import { useMomentLabel } from "../snoozing/use-moment-label";
import { ChannelMark } from "./channel-mark";
import type { ShownRow } from "./use-frozen-order";
import { useSwipe } from "./use-swipe";
import { useTickingNow } from "./use-ticking-now";
import { WaitClock } from "./wait-clock";

export const ROW_PX = 68;
const SHOWN_TAGS = 2;

type InboxRowProps = {
  row: ShownRow;
  href: string;
  isOpen: boolean;
  isSelected: boolean;
  /** While some are selected, all show their boxes. */
  isSelecting: boolean;
  /** Colleagues who look at the dialog now. */
  viewers: string[];
  onOpen: () => void;
  onSelect: (isRange: boolean) => void;
  /** What a finger that drags the row to the left does. */
  onSwipe?: () => void;
};

/** One dialog in 68 px: who, since when, what was said last, why it is here and who has it. */
export function InboxRow({
  row,
  href,
  isOpen,
  isSelected,
  isSelecting,
  viewers,
  onOpen,
  onSelect,
  onSwipe,
}: InboxRowProps) {
  const t = useTranslations("inbox");
  const channels = useTranslations("dialogs.channel");
  const { nameOf } = useDialogWords();
  const isUnread = row.unreadCount > 0;
  const swipe = useSwipe(onSwipe);
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.button !== 0) return;
    event.preventDefault();
    if (event.shiftKey) onSelect(true);
    else onOpen();
  };
  return (
    <div
      {...swipe}
      data-open={isOpen || undefined}
      className={cn(
        "group relative flex h-full gap-2.5 border-b px-3 py-2 transition-colors hover:bg-hover data-open:bg-selected",
        swipe && "touch-pan-y bg-surface",
        isSelected && "bg-selected",
        row.isGone && "opacity-50",
      )}
    >
      <LateBar row={row} />
      <span className="relative mt-0.5 size-8 shrink-0 self-start">
        <Avatar kind="visitor" name={nameOf(row)} className={cn("size-8", isSelecting && "invisible")} />
        <ChannelMark channel={row.channel} className={cn("absolute -right-1 -bottom-1", isSelecting && "invisible")} />
        <span
          className={cn(
            "absolute inset-0 z-10 grid place-items-center rounded-full bg-raised opacity-0 focus-within:opacity-100 group-hover:opacity-100 coarse:hidden",
            isSelecting && "opacity-100 coarse:grid",
          )}
        >
          <Checkbox
            aria-label={t("list.select", { name: nameOf(row) })}
            checked={isSelected}
            onChange={() => undefined}
            onClick={(event) => onSelect(event.shiftKey)}
          />
        </span>
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-1.5 text-sm leading-4.5">
          {isUnread && <span aria-hidden className="size-2 shrink-0 rounded-full bg-accent" />}
          <a
            href={href}
            data-row-link=""
            data-dialog={row.id}
            aria-current={isOpen ? "true" : undefined}
            onClick={open}
            className={cn(
              "min-w-0 truncate text-text after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus",
              isUnread ? "font-semibold" : "font-medium",
            )}
          >
            {nameOf(row)}
          </a>
          <span className="sr-only">
            , {channels(row.channel)}
            {isUnread && `, ${t("list.unread", { count: row.unreadCount })}`}
          </span>
          <span className="ml-auto" />
          {row.snoozedUntil ? (
            <BackAt until={row.snoozedUntil} />
          ) : row.waitingSince && !row.isGone ? (
            <WaitClock channel={row.channel} since={row.waitingSince} />
          ) : (
            <TimeAgo at={row.lastMessageAt ?? row.at} className="shrink-0 text-xs text-muted" />
          )}
        </div>
        <p className={cn("truncate text-sm leading-4.5", isUnread ? "text-text" : "text-text-2")}>
          <Preview row={row} />
        </p>
        <div className="flex h-4 items-center gap-1.5 overflow-hidden text-xs leading-4 text-muted">
          <Facts row={row} viewers={viewers} />
        </div>
      </div>
    </div>
  );
}

/** When a dialog that was put aside returns. */
function BackAt({ until }: { until: Date }) {
  const t = useTranslations("conversation.snooze");
  const moment = useMomentLabel();
  const at = moment(until);
  return (
    <span className="flex shrink-0 items-center gap-1 text-xs text-muted" title={t("until", { at })}>
      <Clock aria-hidden className="size-3.5" />
      <span className="sr-only">{t("until", { at })}</span>
      <time aria-hidden dateTime={until.toISOString()}>
        {at}
      </time>
    </span>
  );
}

function Preview({ row }: { row: ShownRow }) {
  const t = useTranslations("inbox.preview");
  const attachments = useTranslations("dialogs.attachment");
  if (row.draft !== null) {
    return (
      <>
        <span className="text-danger-text">{t("draft")}</span> {row.draft}
      </>
    );
  }
  if (row.note) {
    return (
      <>
        <span className="text-note-text">{t("note", { name: row.note.authorName || t("nameless") })}</span>{" "}
        {row.note.text}
      </>
    );
  }
  const words =
    row.lastMessage === "" && row.lastAttachment ? attachments(row.lastAttachment) : previewOf(row.lastMessage);
  const prefix =
    row.lastAuthor === "assistant"
      ? t("assistant")
      : row.lastAuthor === "operator"
        ? t(row.isLastMine ? "you" : "operator")
        : "";
  return (
    <>
      {prefix && <span className="text-muted">{prefix} </span>}
      {words}
    </>
  );
}

function Facts({ row, viewers }: { row: ShownRow; viewers: string[] }) {
  const t = useTranslations("inbox.list");
  const reasons = useTranslations("handoff.reason");
  const isHeld = row.handoffStatus === "active";
  const shownTags = row.tags.slice(0, SHOWN_TAGS);
  const fact = row.isGone
    ? t("gone")
    : row.status === "ended"
      ? t("ended")
      : row.handoffStatus === "none"
        ? t("withAssistant", { name: row.assistantName })
        : row.reason && row.handoffStatus === "requested"
          ? reasons(row.reason)
          : "";
  return (
    <>
      {isHeld && row.assignee && (
        <span className="flex min-w-0 items-center gap-1 text-accent-text">
          <Headset aria-hidden className="size-3 shrink-0" strokeWidth={1.75} />
          <span className="sr-only">{t("assignee")} </span>
          <span className="truncate">{row.assignee.name || t("nameless")}</span>
        </span>
      )}
      {fact && <span className="truncate">{fact}</span>}
      {viewers.length > 0 && (
        <span className="flex min-w-0 items-center gap-1">
          <Eye aria-hidden className="size-3 shrink-0" strokeWidth={1.75} />
          <span className="truncate">
            {t("viewing", { names: viewers.map((name) => name || t("nameless")).join(", "), count: viewers.length })}
          </span>
        </span>
      )}
      {shownTags.map((tag) => (
        <Badge key={tag} className="h-4 min-w-0 shrink">
          {tag}
        </Badge>
      ))}
      {row.tags.length > SHOWN_TAGS && <span className="shrink-0">+{row.tags.length - SHOWN_TAGS}</span>}
    </>
  );
}

/** The bar that makes a late row visible without its colour. */
function LateBar({ row }: { row: ShownRow }) {
  const now = useTickingNow();
  if (now === null || !row.waitingSince || row.isGone) return null;
  if (waitState(row.channel, now - row.waitingSince.getTime()) !== "over") return null;
  return <span aria-hidden className="absolute inset-y-0 left-0 w-[3px] bg-danger" />;
}
