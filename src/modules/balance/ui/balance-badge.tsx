"use client";

import { Wallet } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { cn } from "@/components/cn";
import { useMoney } from "@/components/money";
import { Tooltip } from "@/components/ui/tooltip";
import { trpc } from "@/trpc/client";
import type { Reach } from "../contract";

const TONE = {
  enough: "text-text-2 hover:bg-hover hover:text-text",
  low: "bg-warning-tint text-warning-text",
  empty: "bg-danger-tint text-danger-text",
} as const;

/** What is left, in the frame of every page: the amount and the answers it pays for, in words when it runs out. */
export function BalanceBadge({ isCollapsed, onChosen }: { isCollapsed: boolean; onChosen?: () => void }) {
  const { balanceHref } = useMoney();
  const { data: reach } = trpc.balance.reach.useQuery();
  const words = useReachWords();
  if (!balanceHref) return null;
  if (!reach) return <div aria-hidden data-awaited className="min-h-9 shrink-0" />;
  const { amount, meaning } = words(reach);
  const link = (
    <Link
      href={balanceHref}
      onClick={onChosen}
      aria-label={`${amount}, ${meaning}`}
      className={cn(
        "flex min-h-9 shrink-0 items-center gap-x-2.5 rounded-md px-2 py-1 focus-inset touch-target",
        TONE[reach.level],
        isCollapsed && "justify-center px-0",
      )}
    >
      <Wallet aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      {!isCollapsed && (
        <span className="flex min-w-0 grow flex-wrap justify-between gap-x-2.5">
          <span className="font-medium tabular-nums">{amount}</span>
          <span className="text-sm whitespace-nowrap">{meaning}</span>
        </span>
      )}
    </Link>
  );
  if (!isCollapsed) return link;
  return (
    <Tooltip content={`${amount}, ${meaning}`} side="right">
      {link}
    </Tooltip>
  );
}

/** Over every page while nothing can be answered any more. */
export function BalanceStrip() {
  const t = useTranslations("shell.balance");
  const { balanceHref } = useMoney();
  const { data: reach } = trpc.balance.reach.useQuery();
  if (!balanceHref || reach?.level !== "empty" || reach.answerMicros === null) return null;
  return (
    <p
      role="status"
      className="flex min-h-8 flex-wrap items-center gap-x-3 bg-danger-tint px-4 py-1 text-sm text-danger-text md:px-6"
    >
      <span>{t("paused")}</span>
      <Link href={balanceHref} className="rounded-sm font-medium underline underline-offset-3">
        {t("open")}
      </Link>
    </p>
  );
}

function useReachWords() {
  const t = useTranslations("shell.balance");
  const { money } = useMoney();
  return ({ availableMicros, answers, answerMicros, level }: Reach) => ({
    amount: money(availableMicros, { style: "badge" }),
    meaning:
      answerMicros === null
        ? t("notOffered")
        : level === "empty"
          ? t("stopped")
          : answers === null
            ? t("free")
            : t("answers", { answers }),
  });
}
