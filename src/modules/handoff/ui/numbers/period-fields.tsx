"use client";

import { useTranslations } from "next-intl";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { PERIODS } from "@/modules/dialogs/limits";
import type { PeriodState } from "./use-period";

export function PeriodFields({ state: { input, set } }: { state: PeriodState }) {
  const t = useTranslations("dialogs");
  return (
    <div className="mb-4 flex flex-wrap gap-2">
      <Select
        aria-label={t("filter.period")}
        value={input.period}
        onChange={({ target }) => set({ period: target.value })}
        options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
        className="w-44"
      />
      {input.period === "custom" &&
        (["from", "to"] as const).map((name) => (
          <Input
            key={name}
            type="date"
            aria-label={t(`filter.${name}`)}
            title={t(`filter.${name}`)}
            value={input[name] ?? ""}
            onChange={({ target }) => set({ [name]: target.value })}
            className="w-38"
          />
        ))}
    </div>
  );
}
