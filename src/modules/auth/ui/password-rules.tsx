"use client";

import { Check, Circle } from "lucide-react";
import { useTranslations } from "next-intl";
import { brokenPasswordRules, PASSWORD_RULES } from "../rules";

/** The rules of a new password, ticked while it is typed. */
export function PasswordRules({ password }: { password: string }) {
  const t = useTranslations("auth.rule");
  const broken = new Set(brokenPasswordRules(password));
  return (
    <ul className="grid gap-1 text-sm text-muted" aria-live="polite">
      {PASSWORD_RULES.map((rule) => {
        const isKept = password !== "" && !broken.has(rule);
        const Icon = isKept ? Check : Circle;
        return (
          <li key={rule} className="flex items-center gap-1.5" data-kept={isKept}>
            <Icon aria-hidden className={`size-4 shrink-0 ${isKept ? "text-success-text" : ""}`} strokeWidth={1.75} />
            <span className={isKept ? "text-text-2" : undefined}>{t(rule)}</span>
          </li>
        );
      })}
    </ul>
  );
}
