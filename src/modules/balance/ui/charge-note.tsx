"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMoney } from "@/components/money";

type ChargeNoteProps = { messageId: string; chargeMicros: number | null | undefined };

/** What an answer cost, as the way to its line in the ledger. Nothing for those who may not see money. */
export function ChargeNote({ messageId, chargeMicros }: ChargeNoteProps) {
  const t = useTranslations("shell.balance");
  const { money, balanceHref } = useMoney();
  if (balanceHref === null || chargeMicros === null || chargeMicros === undefined) return null;
  const cost = chargeMicros === 0 ? t("freeAnswer") : t("cost", { amount: money(chargeMicros, { style: "prose" }) });
  if (chargeMicros === 0) return <span className="text-sm text-muted">{cost}</span>;
  return (
    <Link
      href={`${balanceHref}?search=${messageId}`}
      prefetch={false}
      title={t("receipt")}
      className="inline-flex min-h-6 items-center rounded-sm text-sm text-muted tabular-nums underline decoration-transparent underline-offset-3 hover:text-text hover:decoration-current touch-target"
    >
      {cost}
    </Link>
  );
}
