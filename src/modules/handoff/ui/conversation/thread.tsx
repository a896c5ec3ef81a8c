"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { usePersonsTimeZone } from "@/components/ui/time-ago";
import type { DialogDetail } from "@/modules/dialogs/contract";
import { firstUnread, threadRows } from "@/modules/handoff/conversation/rules";
import { trpc } from "@/trpc/client";
import { NewMessages } from "./new-messages";
import { ThreadScroller } from "./thread-scroller";
import { useLiveAnswer } from "./use-live-answer";
import { useHistory } from "./use-history";

/** What was said in a dialog, among visitor, assistant and team, with the team's own notes between. */
export function Thread({ dialog }: { dialog: DialogDetail }) {
  const t = useTranslations("conversation.thread");
  const common = useTranslations("common.state");
  const dialogId = dialog.id;
  const history = useHistory(dialogId);
  const notes = trpc.dialogs.notes.useQuery({ dialogId });
  const episodes = trpc.handoff.episodes.useQuery({ dialogId });
  const live = useLiveAnswer(dialog, history.items.at(-1));
  const [unreadCount] = useState(dialog.unreadCount);
  const [unreadSeq, setUnreadSeq] = useState<number | null>();
  const dayOf = useDayOf();
  if (history.isPending || episodes.isPending) {
    return (
      <div className="flex-1 p-4">
        <SkeletonRows rows={6} label={common("loading")} />
      </div>
    );
  }
  if (history.error) {
    return (
      <ErrorState
        onRetry={() => void history.refetch()}
        isRetrying={history.isRefetching}
        requestId={history.error.data?.requestId}
      />
    );
  }
  // What was unread when the conversation was opened stays marked, although it is read by now.
  const firstUnreadSeq = unreadSeq === undefined ? firstUnread(history.items, unreadCount) : unreadSeq;
  if (unreadSeq === undefined) setUnreadSeq(firstUnreadSeq);
  const rows = threadRows({
    messages: history.items,
    notes: notes.data?.items ?? [],
    drafts: live.unsent,
    live: live.running,
    episodes: episodes.data?.items ?? [],
    endedAt: dialog.endedAt,
    isWhole: !history.hasOlder,
    firstUnreadSeq,
    dayOf,
  });
  if (rows.length === 0) return <p className="m-auto p-8 text-center text-muted">{t("empty")}</p>;
  return (
    <>
      <ThreadScroller key={dialogId} dialog={dialog} rows={rows} history={history} />
      <NewMessages messages={history.items} />
    </>
  );
}

/** The calendar day of an instant where the person is, as a key. */
function useDayOf(): (at: Date) => string {
  const timeZone = usePersonsTimeZone();
  const [formats] = useState(() => new Map<string, Intl.DateTimeFormat>());
  return (at) => {
    const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
    formats.set(timeZone, format);
    return format.format(at);
  };
}
