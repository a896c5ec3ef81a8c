"use client";

import { AtSign, CircleCheck, Clock, Inbox, MessagesSquare, UserRoundCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { InboxCounts } from "@/modules/handoff/inbox/contract";
import type { InboxView } from "@/modules/handoff/inbox/limits";

const ICONS: Record<InboxView, ReactNode> = {
  queue: <Inbox />,
  mine: <UserRoundCheck />,
  all: <MessagesSquare />,
  mentions: <AtSign />,
  snoozed: <Clock />,
  closed: <CircleCheck />,
};

type InboxEmptyProps = {
  view: InboxView;
  isFiltered: boolean;
  isSearching: boolean;
  counts: InboxCounts | undefined;
  onReset: () => void;
  onSearchAll: () => void;
  goToView: (view: string) => void;
};

/** Why the list is empty, and the one way on. */
export function InboxEmpty({ view, isFiltered, isSearching, counts, onReset, onSearchAll, goToView }: InboxEmptyProps) {
  const t = useTranslations("inbox.empty");
  const common = useTranslations("common");
  if (isFiltered) {
    const isWider = isSearching && view !== "all";
    return (
      <EmptyState
        title={common("state.nothingMatches")}
        hint={isWider ? t("searchElsewhere") : common("state.nothingMatchesHint")}
        action={
          isWider ? (
            <Button onClick={onSearchAll}>{t("searchAll")}</Button>
          ) : (
            <Button onClick={onReset}>{common("action.resetFilters")}</Button>
          )
        }
      />
    );
  }
  const live = counts?.live ?? 0;
  const isWatchable = view === "queue" && live > 0;
  const action = isWatchable ? (
    <Button onClick={() => goToView("all")}>{t("watch")}</Button>
  ) : view === "mine" ? (
    <Button onClick={() => goToView("queue")}>{t("openQueue")}</Button>
  ) : undefined;
  return (
    <EmptyState
      icon={ICONS[view]}
      title={t(`${view}.title`)}
      hint={isWatchable ? t("handling", { count: live }) : t(`${view}.hint`)}
      action={action}
    />
  );
}

/** As many rows as fit, of the same geometry as the real ones. */
export function InboxSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: 9 }, (_, row) => (
        <div key={row} className="flex h-17 gap-2.5 border-b px-3 py-2">
          <Skeleton className="size-8 rounded-full" />
          <div className="flex flex-1 flex-col justify-between">
            <Skeleton className="h-4 w-1/2" />
            <Skeleton className="h-4 w-full" />
          </div>
        </div>
      ))}
    </div>
  );
}
