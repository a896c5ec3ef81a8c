"use client";

import { useTranslations } from "next-intl";
import type { LedgerEntry } from "../contract";

/** What a ledger entry is called, and what it is about. */
export function useEntryWords() {
  const t = useTranslations("balance");
  return {
    titleOf: ({ kind }: Pick<LedgerEntry, "kind">) => t(`kind.${kind}`),
    aboutOf: ({ kind, assistantName, channel, visitorName, documentName, description }: LedgerEntry): string => {
      const isDocument =
        kind === "charge_document" || (documentName !== null && assistantName !== null && channel === null);
      const parts = isDocument
        ? [documentName ?? t("entry.removedDocument")]
        : [assistantName, channel && t(`channel.${channel}`), visitorName];
      const about = parts.filter(Boolean).join(" · ");
      if (about !== "") return about;
      return kind === "charge_answer" ? t("entry.removedDialog") : description;
    },
  };
}
