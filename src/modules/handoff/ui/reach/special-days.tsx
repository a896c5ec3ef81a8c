"use client";

import { Plus, Trash } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { TextField } from "@/components/ui/text-field";
import { hoursLimits } from "@/modules/handoff/hours/limits";
import type { SpecialDay } from "@/modules/handoff/hours/rules";
import { Intervals } from "./intervals";

type SpecialDaysProps = { days: readonly SpecialDay[]; onChange: (days: SpecialDay[]) => void };

/** Holidays and days with other hours than usual. */
export function SpecialDays({ days, onChange }: SpecialDaysProps) {
  const t = useTranslations("reach.special");
  const replace = (index: number, change: Partial<SpecialDay> | null) =>
    onChange(days.flatMap((day, n) => (n === index ? (change ? [{ ...day, ...change }] : []) : [day])));
  return (
    <div className="flex flex-col gap-3">
      {days.length === 0 && <p className="text-muted">{t("none")}</p>}
      {days.length > 0 && (
        <ul className="divide-y">
          {days.map((day, index) => {
            const name = day.name || day.day || t("unnamed", { number: index + 1 });
            return (
              <li key={index} className="flex flex-col gap-2 py-3">
                <div className="flex flex-wrap items-end gap-3">
                  <TextField
                    type="date"
                    label={t("date")}
                    className="w-44"
                    value={day.day}
                    onChange={({ target }) => replace(index, { day: target.value })}
                  />
                  <TextField
                    label={t("name")}
                    className="min-w-40 flex-1"
                    maxLength={hoursLimits.specialDayNameChars}
                    value={day.name}
                    onChange={({ target }) => replace(index, { name: target.value })}
                  />
                  <IconButton label={t("remove", { name })} onClick={() => replace(index, null)}>
                    <Trash aria-hidden />
                  </IconButton>
                </div>
                <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
                  <Checkbox
                    label={t("yearly")}
                    checked={day.isYearly}
                    onChange={({ target }) => replace(index, { isYearly: target.checked })}
                  />
                  <Intervals
                    label={name}
                    intervals={day.intervals}
                    onChange={(intervals) => replace(index, { intervals })}
                  />
                </div>
              </li>
            );
          })}
        </ul>
      )}
      {days.length < hoursLimits.specialDays && (
        <Button
          size="sm"
          className="self-start"
          icon={<Plus aria-hidden />}
          onClick={() => onChange([...days, { day: "", name: "", isYearly: false, intervals: [] }])}
        >
          {t("add")}
        </Button>
      )}
    </div>
  );
}
