"use client";

import { useTranslations } from "next-intl";
import { Page } from "@/components/shell/page";
import { SectionCard } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { trpc } from "@/trpc/client";
import { BalanceSummary } from "./balance-summary";
import { Ledger } from "./ledger";
import { PriceList } from "./price-list";
import { UsageTable } from "./usage-table";

/** What is left, what it buys, what it went to. */
export function BalancePage({ base }: { base: string }) {
  const t = useTranslations("balance");
  return (
    <Page title={t("title")}>
      <div className="flex flex-col gap-6">
        <Summary />
        <div className="grid gap-6 lg:grid-cols-2">
          <Usage />
          <Prices />
        </div>
        <Ledger base={base} />
      </div>
    </Page>
  );
}

function Summary() {
  const balance = trpc.balance.get.useQuery();
  if (balance.isPending) return <Skeleton className="h-56" />;
  if (balance.isError) {
    return (
      <ErrorState
        onRetry={() => void balance.refetch()}
        isRetrying={balance.isRefetching}
        requestId={balance.error.data?.requestId}
      />
    );
  }
  return <BalanceSummary balance={balance.data} />;
}

function Usage() {
  const t = useTranslations("balance.usage");
  const usage = trpc.balance.usage.useQuery();
  return (
    <SectionCard title={t("title")} description={t("hint")}>
      {usage.isPending && <Skeleton className="h-36" />}
      {usage.isError && (
        <ErrorState
          onRetry={() => void usage.refetch()}
          isRetrying={usage.isRefetching}
          requestId={usage.error.data?.requestId}
        />
      )}
      {usage.isSuccess && <UsageTable usage={usage.data} />}
    </SectionCard>
  );
}

function Prices() {
  const t = useTranslations("balance.prices");
  const prices = trpc.balance.prices.useQuery();
  return (
    <SectionCard title={t("title")} description={t("hint")}>
      {prices.isPending && <Skeleton className="h-36" />}
      {prices.isError && (
        <ErrorState
          onRetry={() => void prices.refetch()}
          isRetrying={prices.isRefetching}
          requestId={prices.error.data?.requestId}
        />
      )}
      {prices.isSuccess && <PriceList items={prices.data.items} />}
    </SectionCard>
  );
}
