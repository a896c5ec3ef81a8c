"use client";

import { useTranslations } from "next-intl";

/** The sentence for a refusal of the bot procedures. */
export function useBotFailure(): (error: unknown) => string {
  const t = useTranslations("bots.error");
  return (error) => {
    const { code, facts } = refusalOf(error);
    switch (code) {
      case "BOT_TAKEN":
        return typeof facts.assistantName === "string"
          ? t("takenHere", { name: facts.assistantName })
          : t("takenElsewhere");
      case "CONFLICT":
        return t("paused");
      case "BOT_TOKEN_INVALID":
      case "EXTERNAL_UNAVAILABLE":
      case "RATE_LIMITED":
        return t(code);
      default:
        return t("other");
    }
  };
}

function refusalOf(error: unknown): { code: string; facts: Record<string, unknown> } {
  const data = isRecord(error) && isRecord(error.data) ? error.data : {};
  return { code: typeof data.appCode === "string" ? data.appCode : "", facts: isRecord(data.facts) ? data.facts : {} };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
