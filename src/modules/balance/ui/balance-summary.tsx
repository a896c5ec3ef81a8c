"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/cn";
import { useMoney } from "@/components/money";
import { Card } from "@/components/ui/card";
import type { Balance } from "../contract";

/** The big number, how long it lasts, and where it came from and went. */
export function BalanceSummary({ balance }: { balance: Balance }) {
  const t = useTranslations("balance.summary");
  const { money } = useMoney();
  const rows: [string, number][] = [
    [t("month"), balance.monthSpentMicros],
    [t("spent"), balance.spentMicros],
    [t("toppedUp"), balance.toppedUpMicros],
    [t("granted"), balance.grantedMicros],
    ...(balance.adjustedMicros === 0 ? [] : [[t("adjusted"), balance.adjustedMicros] satisfies [string, number]]),
  ];
  return (
    <Card className="flex flex-col gap-4 p-4 md:p-6">
      <div className="flex flex-wrap items-baseline gap-x-6 gap-y-1">
        <p className="font-display text-3xl font-semibold" data-testid="available">
          {money(balance.availableMicros)}
        </p>
        <p className="text-text-2">{reachOf(balance, t, money)}</p>
      </div>
      <p className="text-sm text-muted tabular-nums">{paceOf(balance, t, money)}</p>
      {balance.level !== "enough" && (
        <Notice isEmpty={balance.level === "empty"}>{t(balance.level === "empty" ? "isEmpty" : "isLow")}</Notice>
      )}
      <p className="max-w-[68ch] text-sm text-text-2">{t("howToCredit")}</p>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 border-t pt-4 md:grid-cols-3 lg:grid-cols-5">
        {rows.map(([name, micros]) => (
          <div key={name} className="min-w-0">
            <dt className="text-sm text-muted">{name}</dt>
            <dd className="font-medium wrap-anywhere tabular-nums">{money(micros)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

type Translate = ReturnType<typeof useTranslations<"balance.summary">>;
type Money = ReturnType<typeof useMoney>["money"];

function reachOf({ answers, answerMicros, daysLeft }: Balance, t: Translate, money: Money): string {
  if (answerMicros === null) return t("notOffered");
  if (answers === null) return t("free");
  const reach = t("answers", { answers, price: money(answerMicros, { style: "prose" }) });
  return daysLeft === null ? reach : `${reach} · ${t("lasts", { days: daysLeft })}`;
}

function paceOf({ heldMicros, perDayMicros }: Balance, t: Translate, money: Money): string {
  const held = heldMicros > 0 ? t("held", { amount: money(heldMicros) }) : t("nothingHeld");
  const pace = perDayMicros === null ? t("noForecast") : t("pace", { amount: money(perDayMicros) });
  return `${pace} · ${held}`;
}

function Notice({ isEmpty, children }: { isEmpty: boolean; children: ReactNode }) {
  return (
    <p
      role="status"
      className={cn(
        "flex items-start gap-2 rounded-md px-3 py-2",
        isEmpty ? "bg-danger-tint text-danger-text" : "bg-warning-tint text-warning-text",
      )}
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
      <span>{children}</span>
    </p>
  );
}
