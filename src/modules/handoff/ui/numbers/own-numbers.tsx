"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { PersonNumbers } from "@/modules/handoff/numbers/contract";
import { trpc } from "@/trpc/client";
import { useNumberWords } from "./use-number-words";
import type { PeriodState } from "./use-period";

/** What the person did in the period, each number with its base. */
export function OwnNumbers({ input }: Pick<PeriodState, "input">) {
  const common = useTranslations("common.state");
  const own = trpc.numbers.own.useQuery(input, { placeholderData: (earlier) => earlier });
  if (own.isPending) return <SkeletonRows rows={3} label={common("loading")} />;
  if (own.isError) {
    return (
      <ErrorState
        onRetry={() => void own.refetch()}
        isRetrying={own.isRefetching}
        requestId={own.error.data?.requestId}
      />
    );
  }
  return <Metrics numbers={own.data} />;
}

function Metrics({ numbers }: { numbers: PersonNumbers }) {
  const t = useTranslations("numbers");
  const words = useNumberWords();
  const metrics = [
    { name: t("handled"), value: words.count(numbers.handled), note: t("replies", { count: numbers.replies }) },
    { name: t("median"), value: words.wait(numbers.medianMs), note: words.waitNote(numbers) },
    { name: t("p90"), value: words.slowWait(numbers), note: words.waitNote(numbers) },
    { name: t("rating"), value: words.stars(numbers), note: words.ratedNote(numbers) },
    { name: t("closed"), value: words.count(numbers.closed), note: t("solved", { count: numbers.solved }) },
  ];
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-3 xl:grid-cols-5">
      {metrics.map(({ name, value, note }) => (
        <Card key={name} className="flex min-w-0 flex-col gap-1 p-4 max-lg:last:col-span-2">
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="font-display text-2xl font-semibold tabular-nums">{value}</dd>
          <dd className="text-sm text-muted">{note}</dd>
        </Card>
      ))}
    </dl>
  );
}
