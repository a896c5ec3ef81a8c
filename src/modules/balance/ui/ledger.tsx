"use client";

import { Download, ReceiptText } from "lucide-react";
import { useTranslations } from "next-intl";
import { onDemand } from "@/components/on-demand";
import { Button, buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useAddress } from "@/components/use-address";
import { trpc, useWorkspaceId } from "@/trpc/client";
import { LedgerFilters } from "./ledger-filters";
import { LedgerTable } from "./ledger-table";
import { exportQuery, useEntryFilter } from "./use-entry-filter";

const ReceiptSheet = onDemand(async () => ({ default: (await import("./receipt-sheet")).ReceiptSheet }));

/** Every movement of money, with filters, order, pages and an export of exactly what is filtered. */
export function Ledger({ base }: { base: string }) {
  const t = useTranslations("balance.ledger");
  const common = useTranslations("common");
  const workspaceId = useWorkspaceId();
  const state = useEntryFilter();
  const { values, set } = useAddress(["receipt"]);
  const entries = trpc.balance.entries.useInfiniteQuery(state.filter, {
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: (shown) => shown,
  });
  const items = entries.data?.pages.flatMap((page) => page.items) ?? [];
  const isFirstUse = entries.isSuccess && items.length === 0 && !state.isFiltered;
  const exportHref = `/api/balance/entries?${exportQuery(state.filter)}&workspace=${workspaceId}`;
  return (
    <section aria-labelledby="ledger-title" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="ledger-title" className="text-md font-semibold">
          {t("title")}
        </h2>
        {items.length > 0 && (
          <a href={exportHref} download className={buttonStyle({ size: "sm" })}>
            <Download aria-hidden />
            {t("export")}
          </a>
        )}
      </div>
      {!isFirstUse && <LedgerFilters state={state} />}
      {entries.isPending ? (
        <SkeletonRows rows={8} label={common("state.loading")} />
      ) : entries.isError && items.length === 0 ? (
        <ErrorState
          onRetry={() => void entries.refetch()}
          isRetrying={entries.isRefetching}
          requestId={entries.error.data?.requestId}
        />
      ) : isFirstUse ? (
        <EmptyState
          className="rounded-lg border border-dashed"
          icon={<ReceiptText />}
          title={t("empty")}
          hint={t("emptyHint")}
        />
      ) : items.length === 0 ? (
        <EmptyState
          title={common("state.nothingMatches")}
          hint={common("state.nothingMatchesHint")}
          action={<Button onClick={state.reset}>{common("action.resetFilters")}</Button>}
        />
      ) : (
        <>
          <LedgerTable items={items} state={state} onOpen={(id) => set({ receipt: id })} />
          {entries.hasNextPage && (
            <Button
              className="self-center"
              busy={entries.isFetchingNextPage}
              onClick={() => void entries.fetchNextPage()}
            >
              {t("more")}
            </Button>
          )}
        </>
      )}
      {values.receipt && <ReceiptSheet id={values.receipt} base={base} onClose={() => set({ receipt: "" })} />}
    </section>
  );
}
