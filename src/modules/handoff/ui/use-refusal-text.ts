"use client";

import { useTranslations } from "next-intl";
import { refusalOf, useErrorText } from "@/components/use-error-text";

const REASONS = [
  "ended",
  "reopen-late",
  "reopen-followed",
  "preview",
  "with-operator",
  "with-assistant",
  "waiting",
  "not-waiting",
  "not-yours",
  "capacity",
  "target-full",
  "you-are-away",
  "target-away",
  "too-many-tags",
  "not-author",
  "message-deleted",
  "changed-meanwhile",
  "too-old-to-delete",
  "colleague-replied",
  "file-sent",
] as const;

/** Why a handoff was refused, in a sentence that says what to do; everything else in the words of its code. */
export function useRefusalText(): (error: unknown) => string {
  const t = useTranslations("handoff.refusal");
  const errorText = useErrorText();
  return (error) => {
    const facts = refusalOf(error)?.facts ?? {};
    const reason = REASONS.find((known) => known === facts.reason);
    if (!reason) return errorText(error);
    return t(reason, {
      holder: String(facts.holder ?? ""),
      load: Number(facts.load ?? 0),
      capacity: Number(facts.capacity ?? 0),
      seconds: Number(facts.seconds ?? 0),
    });
  };
}
