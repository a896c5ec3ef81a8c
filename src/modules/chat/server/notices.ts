import { createTranslator } from "next-intl";
import { MESSAGES } from "@/i18n/messages";
import type { Locale } from "@/lib/locales";
import type { TurnReason } from "@/modules/chat/contract";

/**
 * What a visitor is told when no answer comes, with the way to a person where there is one. Null when silence is right: a
 * person answers, or a newer turn will.
 */
export function noticeFor(reason: TurnReason, locale: Locale, { offersPerson }: { offersPerson: boolean }) {
  if (reason === "superseded" || reason === "discarded" || reason === "handoff") return null;
  const t = createTranslator({ locale, messages: MESSAGES[locale], namespace: "chat.notice" });
  const sentence = t(reason);
  return offersPerson && reason !== "ended" ? `${sentence.replace(/[.]?$/, ".")} ${t("person")}` : sentence;
}
