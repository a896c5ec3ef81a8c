"use client";

import { useAddress } from "@/components/use-address";
import { type Period, PERIODS } from "@/modules/dialogs/limits";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The period of the page, kept in the address; this month unless told otherwise. */
export function usePeriod() {
  const { values, set } = useAddress(["period", "from", "to"]);
  const period: Period = PERIODS.find((known) => known === values.period) ?? "month";
  const day = (value: string | undefined) => (period === "custom" && value && DAY.test(value) ? value : undefined);
  return { input: { period, from: day(values.from), to: day(values.to) }, set };
}

export type PeriodState = ReturnType<typeof usePeriod>;
