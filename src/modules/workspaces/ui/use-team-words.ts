"use client";

import { useTranslations } from "next-intl";
import { reasonOf, useErrorText } from "@/components/use-error-text";

const REASONS = { "last-owner": "lastOwner", "above-own-role": "aboveOwnRole", "already-member": "already" } as const;

/** The words of the team page, with a sentence for each refusal of it. */
export function useTeamWords() {
  const t = useTranslations("workspaces.team");
  const errorText = useErrorText();
  return {
    t,
    failure: (error: unknown) => {
      const reason = reasonOf(error);
      const key = Object.entries(REASONS).find(([name]) => name === reason)?.[1];
      return key ? t(key) : errorText(error);
    },
  };
}
