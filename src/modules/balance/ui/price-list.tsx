"use client";

import { useTranslations } from "next-intl";
import { useMoney } from "@/components/money";
import type { PriceItem } from "../contract";

/** What each service costs from the next time on. */
export function PriceList({ items }: { items: readonly PriceItem[] }) {
  const t = useTranslations("balance.prices");
  const { money } = useMoney();
  if (items.length === 0) return <p className="text-text-2">{t("none")}</p>;
  return (
    <dl className="divide-y">
      {items.map(({ service, priceMicros, description }) => (
        <div key={service} className="flex items-baseline justify-between gap-4 py-2">
          <dt className="min-w-0">
            {t(`service.${service}`)}
            {description !== "" && <span className="block text-sm wrap-anywhere text-muted">{description}</span>}
          </dt>
          <dd className="shrink-0 font-medium tabular-nums">
            {priceMicros === 0 ? t("free") : money(priceMicros, { style: "prose" })}
          </dd>
        </div>
      ))}
    </dl>
  );
}
