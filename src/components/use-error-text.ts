"use client";

import { useTranslations } from "next-intl";
import { ERROR_CODES, type ErrorCode } from "@/lib/errors";

export type Refusal = { code: ErrorCode; facts: Record<string, unknown> };

/** The refusal inside whatever a call threw; null when no answer came at all. */
export function refusalOf(error: unknown): Refusal | null {
  const data = fieldOf(error, "data");
  const code = ERROR_CODES.find((known) => known === fieldOf(data, "appCode"));
  if (!code) return null;
  const facts = fieldOf(data, "facts");
  return { code, facts: typeof facts === "object" && facts !== null ? { ...facts } : {} };
}

/** Why a refusal came, where its code alone does not say it. */
export function reasonOf(error: unknown): string | null {
  const reason = refusalOf(error)?.facts.reason;
  return typeof reason === "string" ? reason : null;
}

/** One sentence in the person's language for whatever a call threw. */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations("errors");
  return (error) => {
    const refusal = refusalOf(error);
    if (!refusal) return t("OFFLINE");
    if (refusal.code === "RATE_LIMITED") return t("RATE_LIMITED", { seconds: Number(refusal.facts.seconds ?? 60) });
    return t(refusal.code);
  };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value ? Reflect.get(value, name) : undefined;
}
