"use client";

import { useTranslations } from "next-intl";
import { reasonOf, useErrorText } from "@/components/use-error-text";
import { PASSWORD_RULES } from "../rules";

const FIELD_RULES = [...PASSWORD_RULES, "wrong", "same", "code"] as const;
const FIELDS = ["email", "password", "name", "code"] as const;
const REASONS = [
  "wrong-credentials",
  "email-not-verified",
  "csrf",
  "known-address",
  "other-email",
  "external",
] as const;

/** The words of the auth pages for what zod and the server say in codes. */
export function useAuthWords() {
  const t = useTranslations("auth");
  const errorText = useErrorText();
  const reasonText = (reason: string | null) => {
    const known = REASONS.find((candidate) => candidate === reason);
    return known ? t(`failure.${known}`) : null;
  };
  return {
    t,
    /** The sentence under a field. A message that is no rule of ours is zod's, and the field itself says what is wanted. */
    field: (name: string, message: string | undefined, value?: string) => {
      if (message === undefined) return undefined;
      // The rules of a new password stand below its field; an empty one breaks them all.
      if (value === "") return t("field.password");
      const rule = FIELD_RULES.find((candidate) => candidate === message);
      const ownName = name === "current" || name === "next" ? "password" : name;
      return t(`field.${rule ?? FIELDS.find((candidate) => candidate === ownName) ?? "password"}`);
    },
    reason: reasonText,
    failure: (error: unknown) => reasonText(reasonOf(error)) ?? errorText(error),
  };
}
