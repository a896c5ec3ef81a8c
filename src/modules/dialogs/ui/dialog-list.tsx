"use client";

import { MessagesSquare } from "lucide-react";
import { useTranslations } from "next-intl";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { SkeletonRows } from "@/components/ui/skeleton";
import { trpc } from "@/trpc/client";
import { DialogFilters } from "./dialog-filters";
import { DialogTable } from "./dialog-table";
import { useDialogFilter } from "./use-dialog-filter";

type DialogListProps = { baseHref: string; assistantsHref: string };

/** All dialogs of the workspace, newest activity first; the address keeps the filter. */
export function DialogList({ baseHref, assistantsHref }: DialogListProps) {
  const t = useTranslations("dialogs.list");
  const common = useTranslations("common");
  const state = useDialogFilter();
  const { filter, isFiltered, reset } = state;
  const dialogs = trpc.dialogs.list.useInfiniteQuery(filter, {
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: (shown) => shown,
  });
  const items = dialogs.data?.pages.flatMap((page) => page.items) ?? [];
  const isFirstUse = dialogs.isSuccess && items.length === 0 && !isFiltered;
  return (
    <Page title={t("title")}>
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
          <DialogTable items={items} baseHref={baseHref} />
          {dialogs.hasNextPage && (
            <Button
              className="self-center"
              busy={dialogs.isFetchingNextPage}
              onClick={() => void dialogs.fetchNextPage()}
            >
              {t("more")}
            </Button>
          )}
        </div>
      )}
    </Page>
  );
}
