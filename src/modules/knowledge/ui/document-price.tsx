"use client";

import { useTranslations } from "next-intl";
import { useMoney } from "@/components/money";
import { trpc } from "@/trpc/client";

/** What a document will cost, said before anything is chosen. */
export function DocumentPrice() {
  const t = useTranslations("knowledge.add");
  const { money, balanceHref } = useMoney();
  const prices = trpc.balance.prices.useQuery(undefined, { enabled: balanceHref !== null });
  const micros = prices.data?.items.find(({ service }) => service === "document_processed")?.priceMicros;
  if (!micros) return null;
  return <p className="text-sm text-muted">{t("price", { amount: money(micros, { style: "prose" }) })}</p>;
}
