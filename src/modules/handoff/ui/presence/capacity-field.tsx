"use client";

import { Minus, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

type CapacityFieldProps = {
  label: string;
  load: number;
  value: number;
  max: number;
  onChange: (value: number) => void;
};

/** How many dialogs of one kind at once, changed one by one; the load stands beside it. */
export function CapacityField({ label, load, value, max, onChange }: CapacityFieldProps) {
  const t = useTranslations("presence");
  const step = (by: number, icon: React.ReactNode, word: "less" | "more") => (
    <Button
      shape="icon"
      size="sm"
      variant="ghost"
      aria-label={t(`capacity.${word}`, { label })}
      icon={icon}
      disabled={value + by < 0 || value + by > max}
      onClick={() => onChange(value + by)}
    />
  );
  return (
    <div role="group" aria-label={label} className="flex min-h-9 items-center gap-1 px-2">
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {step(-1, <Minus aria-hidden />, "less")}
      <output aria-label={t("loadLabel", { load, capacity: value })} className="min-w-14 text-center tabular-nums">
        {t("load", { load, capacity: value })}
      </output>
      {step(1, <Plus aria-hidden />, "more")}
    </div>
  );
}
