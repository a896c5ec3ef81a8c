"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useMoney } from "@/components/money";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import { trpc } from "@/trpc/client";
import type { Receipt } from "../contract";
import { useEntryWords } from "./use-entry-words";

type ReceiptSheetProps = { id: string; base: string; onClose: () => void };

/** One ledger entry: the price of that moment, when it was reserved and charged, and what for. */
export function ReceiptSheet({ id, base, onClose }: ReceiptSheetProps) {
  const t = useTranslations("balance.receipt");
  return (
    <Sheet open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <SheetContent title={t("title")}>
        <Found id={id} base={base} />
      </SheetContent>
    </Sheet>
  );
}

function Found({ id, base }: { id: string; base: string }) {
  const t = useTranslations("balance.receipt");
  const common = useTranslations("common.state");
  const receipt = trpc.balance.receipt.useQuery({ id }, { staleTime: Infinity });
  if (receipt.isPending) return <SkeletonRows rows={6} label={common("loading")} />;
  const code = receipt.error?.data?.appCode;
  if (code === "NOT_FOUND" || code === "VALIDATION") return <p className="text-text-2">{t("unknown")}</p>;
  if (receipt.isError) {
    return (
      <ErrorState
        onRetry={() => void receipt.refetch()}
        isRetrying={receipt.isRefetching}
        requestId={receipt.error.data?.requestId}
      />
    );
  }
  return <Lines receipt={receipt.data} base={base} />;
}

function Lines({ receipt, base }: { receipt: Receipt; base: string }) {
  const t = useTranslations("balance.receipt");
  const prices = useTranslations("balance.prices");
  const { titleOf, aboutOf } = useEntryWords();
  const { money } = useMoney();
  const { amountMicros, priceMicros, service, heldAt, createdAt, dialogId, description, id } = receipt;
  const about = aboutOf(receipt);
  const rows: [string, ReactNode][] = [
    [t("amount"), money(amountMicros, { signed: true })],
    ...(service ? row(t("service"), prices(`service.${service}`)) : []),
    ...(priceMicros === null ? [] : row(t("price"), money(priceMicros))),
    ...(about === "" || about === description ? [] : row(t("about"), about)),
    ...(description === "" ? [] : row(t("reason"), description)),
    ...(heldAt ? row(t("heldAt"), <TimeAgo at={heldAt} style="full" />) : []),
    [t("at"), <TimeAgo key="at" at={createdAt} style="full" />],
    ...(dialogId ? row(t("dialog"), <TextLink href={`${base}/dialogs/${dialogId}`}>{t("openDialog")}</TextLink>) : []),
    [
      t("id"),
      <code key="id" className="font-mono text-xs">
        {id}
      </code>,
    ],
  ];
  return (
    <>
      <h3 className="mb-3 text-md">{titleOf(receipt)}</h3>
      <dl className="divide-y">
        {rows.map(([name, value]) => (
          <div key={name} className="flex items-baseline justify-between gap-4 py-2">
            <dt className="shrink-0 text-muted">{name}</dt>
            <dd className="min-w-0 text-right wrap-anywhere tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function row(name: string, value: ReactNode): [string, ReactNode][] {
  return [[name, value]];
}
