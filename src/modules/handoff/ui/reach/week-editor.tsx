"use client";

import { CopyCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { Interval } from "@/modules/handoff/hours/rules";
import { Intervals } from "./intervals";

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

type WeekEditorProps = { week: Interval[][]; onChange: (week: Interval[][]) => void };

/** The hours of each weekday. */
export function WeekEditor({ week, onChange }: WeekEditorProps) {
  const t = useTranslations("reach.hours");
  const monday = week[0] ?? [];
  return (
    <div>
      <ul className="divide-y">
        {DAYS.map((name, index) => (
          <li key={name} className="grid items-center gap-x-4 gap-y-1 py-2.5 sm:grid-cols-[8rem_1fr]">
            <span className="font-medium">{t(`day.${name}`)}</span>
            <Intervals
              label={t(`day.${name}`)}
              intervals={week[index] ?? []}
              onChange={(intervals) => onChange(week.map((old, n) => (n === index ? intervals : old)))}
            />
          </li>
        ))}
      </ul>
      <Button
        size="sm"
        variant="ghost"
        className="mt-2"
        icon={<CopyCheck aria-hidden />}
        onClick={() => onChange(week.map((old, n) => (n < 5 ? [...monday] : old)))}
      >
        {t("copy")}
      </Button>
    </div>
  );
}
