"use client";

import { AtSign, Bookmark, ChevronDown, CircleCheck, Clock, EllipsisVertical } from "lucide-react";
import { useTranslations } from "next-intl";
import { type MouseEvent, useState } from "react";
import { cn } from "@/components/cn";
import { onDemand } from "@/components/on-demand";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { tabStyle } from "@/components/ui/tab-style";
import { useWasOnce } from "@/components/ui/use-was-once";
import type { InboxCounts, InboxSavedView } from "@/modules/handoff/inbox/contract";
import { trpc } from "@/trpc/client";
import type { useInboxPlace } from "./use-inbox-place";

const ViewNameDialog = onDemand(async () => ({ default: (await import("./view-name-dialog")).ViewNameDialog }));

const TABS = ["queue", "mine", "all"] as const;

type InboxViewsProps = {
  place: ReturnType<typeof useInboxPlace>;
  counts: InboxCounts | undefined;
  saved: readonly InboxSavedView[];
};

/** The views in a row; the rest, and what the person kept, behind the button. A number counts only what needs action. */
export function InboxViews({ place, counts, saved }: InboxViewsProps) {
  const t = useTranslations("inbox.views");
  const numbers = { queue: counts?.queue, mine: counts?.mine, all: undefined };
  const kept = saved.find(({ id }) => id === place.view);
  const open = (view: string) => (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    place.goToView(view);
  };
  const more: MenuItem[] = [
    {
      key: "mentions",
      icon: <AtSign aria-hidden />,
      label: counts?.mentions ? t("mentionsCounted", { count: counts.mentions }) : t("mentions"),
      onSelect: () => place.goToView("mentions"),
    },
    { key: "snoozed", icon: <Clock aria-hidden />, label: t("snoozed"), onSelect: () => place.goToView("snoozed") },
    { key: "closed", icon: <CircleCheck aria-hidden />, label: t("closed"), onSelect: () => place.goToView("closed") },
    ...saved.map(({ id, name }) => ({
      key: id,
      icon: <Bookmark aria-hidden />,
      label: name,
      onSelect: () => place.goToView(id),
    })),
  ];
  const isElsewhere = !TABS.some((view) => view === place.view);
  const elsewhere =
    kept?.name ??
    (place.view === "mentions" || place.view === "snoozed" || place.view === "closed" ? t(place.view) : t("more"));
  return (
    <div className="flex items-center gap-4 border-b px-3">
      <nav aria-label={t("label")} className="flex min-w-0 flex-1 gap-3">
        {TABS.map((view) => (
          <a
            key={view}
            href={place.hrefOf({ view, dialogId: undefined })}
            aria-current={view === place.view ? "page" : undefined}
            className={tabStyle}
            onClick={open(view)}
          >
            {t(view)}
            {numbers[view] ? (
              <span className="rounded-full bg-accent px-1.5 text-xs font-medium text-on-solid tabular-nums">
                {numbers[view]}
              </span>
            ) : null}
          </a>
        ))}
        <Menu
          align="end"
          items={more}
          trigger={
            <button
              type="button"
              aria-current={isElsewhere ? "page" : undefined}
              className={cn(tabStyle, "max-w-32 gap-1")}
            >
              <span className="truncate">{isElsewhere ? elsewhere : t("more")}</span>
              <ChevronDown aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
              {!isElsewhere && counts?.mentions ? (
                <span
                  role="img"
                  aria-label={t("mentionsCounted", { count: counts.mentions })}
                  className="size-2 rounded-full bg-accent"
                />
              ) : null}
            </button>
          }
        />
      </nav>
      {kept && <KeptViewMenu view={kept} onRemoved={() => place.goToView(kept.filter.view ?? "queue")} />}
    </div>
  );
}

function KeptViewMenu({ view, onRemoved }: { view: InboxSavedView; onRemoved: () => void }) {
  const t = useTranslations("inbox.views");
  const utils = trpc.useUtils();
  const [isNaming, setIsNaming] = useState(false);
  const wasNaming = useWasOnce(isNaming);
  const remove = trpc.inbox.views.remove.useMutation({
    onMutate: onRemoved,
    onSettled: () => utils.inbox.views.list.invalidate(),
  });
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={t("manage", { name: view.name })}>
            <EllipsisVertical aria-hidden />
          </IconButton>
        }
        items={[
          { key: "rename", label: t("rename"), onSelect: () => setIsNaming(true) },
          { key: "remove", label: t("remove"), danger: true, onSelect: () => remove.mutate({ id: view.id }) },
        ]}
      />
      {wasNaming && <ViewNameDialog open={isNaming} onOpenChange={setIsNaming} view={view} />}
    </>
  );
}
