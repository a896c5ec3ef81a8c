"use client";

import { useTranslations } from "next-intl";
import { useMoney } from "@/components/money";
import { UNKNOWN } from "@/lib/format";
import type { Usage } from "../contract";

/** How many answers and documents were paid for, ever and this month. */
export function UsageTable({ usage }: { usage: Usage }) {
  const t = useTranslations("balance");
  const { money } = useMoney();
  const rows = [
    ...usage.services.map(({ kind, month, total }) => ({ name: t(`usage.${kind}`), month, total })),
    { name: t("usage.all"), month: usage.month, total: usage.total },
  ];
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left">
        <thead className="text-sm text-muted">
          <tr>
            <th scope="col" className="h-8 pr-4 font-medium">
              <span className="sr-only">{t("usage.service")}</span>
            </th>
            <th scope="col" className="h-8 pr-4 text-right font-medium">
              {t("usage.month")}
            </th>
            <th scope="col" className="h-8 text-right font-medium">
              {t("usage.total")}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {rows.map(({ name, month, total }) => (
            <tr key={name} className="group">
              <th scope="row" className="py-2 pr-4 font-normal group-last:font-medium">
                {name}
              </th>
              {[month, total].map(({ count, amountMicros }, column) => (
                <td key={column} className="py-2 pr-4 text-right tabular-nums group-last:font-medium last:pr-0">
                  {money(amountMicros)}
                  <span className="block text-sm font-normal text-muted">{t("usage.charges", { count })}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 text-sm text-muted">
        {t("usage.average", { amount: usage.averageMicros === null ? UNKNOWN : money(usage.averageMicros) })}
      </p>
    </div>
  );
}
