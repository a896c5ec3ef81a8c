"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { hoursLimits } from "@/modules/handoff/hours/limits";
import { type Interval, overlaps } from "@/modules/handoff/hours/rules";
import { fromClock, toClock, toInterval } from "./clock";

type IntervalsProps = {
  /** Whose hours these are, for names of fields. */
  label: string;
  intervals: readonly Interval[];
  onChange: (intervals: Interval[]) => void;
};

const WORKDAY: Interval = { from: 9 * 60, to: 18 * 60 };

/** The hours of one day: none, one stretch or several. */
export function Intervals({ label, intervals, onChange }: IntervalsProps) {
  const t = useTranslations("reach.hours");
  const replace = (index: number, changed: Interval | null) =>
    onChange(intervals.flatMap((interval, n) => (n === index ? (changed ? [changed] : []) : [interval])));
  const last = intervals.at(-1);
  const next = last && last.to > last.from && last.to < 23 * 60 ? { from: last.to + 60, to: 0 } : WORKDAY;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-2">
      {intervals.length === 0 && <span className="text-muted">{t("closed")}</span>}
      {intervals.map((interval, index) => (
        <span key={index} className="flex items-center gap-1.5">
          <TimeInput
            label={t("from", { day: label, number: index + 1 })}
            minute={interval.from}
            onChange={(from) => replace(index, toInterval(from, interval.to))}
          />
          <span aria-hidden className="text-muted">
            –
          </span>
          <TimeInput
            label={t("to", { day: label, number: index + 1 })}
            minute={interval.to}
            onChange={(to) => replace(index, toInterval(interval.from, to))}
          />
          {interval.to <= interval.from && interval.to > 0 && (
            <span className="text-sm text-muted">{t("nextDay")}</span>
          )}
          <IconButton label={t("remove", { day: label, number: index + 1 })} onClick={() => replace(index, null)}>
            <X aria-hidden />
          </IconButton>
        </span>
      ))}
      {intervals.length < hoursLimits.intervals && (
        <Button
          size="sm"
          variant="ghost"
          icon={<Plus aria-hidden />}
          aria-label={t("addTo", { day: label })}
          onClick={() => onChange([...intervals, next])}
        >
          {t("add")}
        </Button>
      )}
      {isWrong(intervals) && (
        <p role="alert" className="basis-full text-sm text-danger-text">
          {t("overlap")}
        </p>
      )}
    </div>
  );
}

/** Whether hours cannot be saved like this: two stretches share a minute, or one ends where it begins. */
export function isWrong(intervals: readonly Interval[]): boolean {
  return overlaps(intervals) || intervals.some(({ from, to }) => from === to);
}

type TimeInputProps = { label: string; minute: number; onChange: (minute: number) => void };

// The browser's own field follows the browser's language, not the page's, and would show noon twice.
function TimeInput({ label, minute, onChange }: TimeInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const settle = () => {
    const meant = typed === null ? null : fromClock(typed);
    setTyped(null);
    if (meant !== null) onChange(meant);
  };
  return (
    <Input
      inputMode="numeric"
      autoComplete="off"
      aria-label={label}
      className="w-18 text-center tabular-nums"
      maxLength={5}
      value={typed ?? toClock(minute)}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={settle}
      onKeyDown={({ key }) => key === "Enter" && settle()}
    />
  );
}
