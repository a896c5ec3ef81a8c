"use client";

import { Download, MessagesSquare } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { onDemand } from "@/components/on-demand";
import { Page } from "@/components/shell/page";
import { Button, buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { SkeletonRows } from "@/components/ui/skeleton";
import { dialogLimits } from "@/modules/dialogs/limits";
import { trpc, useWorkspaceId } from "@/trpc/client";
import { DialogFilters } from "./dialog-filters";
import { DialogTable } from "./dialog-table";
import { useClosing } from "./use-closing";
import { exportQuery, useDialogFilter } from "./use-dialog-filter";

const DialogBulkBar = onDemand(async () => ({ default: (await import("./dialog-bulk-bar")).DialogBulkBar }));

type DialogListProps = {
  baseHref: string;
  assistantsHref: string;
  /** Whether the person may take the list away. */
  mayExport: boolean;
};

/** All dialogs of the workspace, newest activity first; the address keeps the filter. */
export function DialogList({ baseHref, assistantsHref, mayExport }: DialogListProps) {
  const t = useTranslations("dialogs.list");
  const common = useTranslations("common");
  const workspaceId = useWorkspaceId();
  const state = useDialogFilter();
  const { filter, isFiltered, reset } = state;
  const dialogs = trpc.dialogs.list.useInfiniteQuery(filter, {
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: (shown) => shown,
  });
  const items = dialogs.data?.pages.flatMap((page) => page.items) ?? [];
  const isFirstUse = dialogs.isSuccess && items.length === 0 && !isFiltered;
  const closing = useClosing();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set<string>());
  // What ended meanwhile or left the list is not marked any more.
  const marked = new Set(items.filter(({ id, status }) => status === "open" && chosen.has(id)).map(({ id }) => id));
  const mark = (id: string) => {
    const next = new Set(marked);
    // As many as one call takes.
    if (!next.delete(id) && next.size < dialogLimits.page) next.add(id);
    setChosen(next);
  };
  const exportHref = `/api/dialogs?${exportQuery(filter)}&workspace=${workspaceId}`;
  return (
    <Page
      title={t("title")}
      action={
        mayExport &&
        items.length > 0 && (
          <a href={exportHref} download className={buttonStyle({ size: "sm" })}>
            <Download aria-hidden />
            {t("export")}
          </a>
        )
      }
    >
      {!isFirstUse && <DialogFilters state={state} />}
      {dialogs.isPending ? (
        <SkeletonRows rows={8} label={common("state.loading")} />
      ) : dialogs.isError && items.length === 0 ? (
        <ErrorState
          onRetry={() => void dialogs.refetch()}
          isRetrying={dialogs.isRefetching}
          requestId={dialogs.error.data?.requestId}
        />
      ) : isFirstUse ? (
        <EmptyState
          icon={<MessagesSquare />}
          title={t("empty")}
          hint={t("emptyHint")}
          action={
            <LinkButton variant="solid" href={assistantsHref}>
              {t("openPlayground")}
            </LinkButton>
          }
        />
      ) : items.length === 0 ? (
        <EmptyState
          title={common("state.nothingMatches")}
          hint={common("state.nothingMatchesHint")}
          action={<Button onClick={reset}>{common("action.resetFilters")}</Button>}
        />
      ) : (
        <div className="flex flex-col gap-4">
          <DialogTable
            items={items}
            baseHref={baseHref}
            marked={marked}
            onMark={mark}
            onClose={(id) => closing.close([id])}
          />
          {dialogs.hasNextPage && (
            <Button
              className="self-center"
              busy={dialogs.isFetchingNextPage}
              onClick={() => void dialogs.fetchNextPage()}
            >
              {t("more")}
            </Button>
          )}
          {marked.size > 0 && (
            <DialogBulkBar
              count={marked.size}
              isBusy={closing.isBusy}
              onClose={() => closing.close([...marked], () => setChosen(new Set()))}
              onUnmark={() => setChosen(new Set())}
            />
          )}
        </div>
      )}
    </Page>
  );
}
