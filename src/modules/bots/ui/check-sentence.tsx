"use client";

import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/time-ago";
import type { BotCheck } from "@/modules/bots/doctor/contract";

/** What one line of the doctor says, and what to do where something is wrong. */
export function CheckSentence({ line: { finding, facts } }: { line: BotCheck }) {
  const t = useTranslations("bots.doctor");
  switch (finding) {
    case "accepted":
    case "revoked":
    case "telegram-silent":
      return t(`token.${finding}`);
    case "webhook":
    case "polling":
    case "no-webhook":
    case "moved":
      return t(`receiving.${finding}`);
    case "foreign-webhook":
      return t("receiving.foreign-webhook", { host: String(facts.host ?? "") });
    case "complete":
    case "outdated":
      return t(`updates.${finding}`);
    case "empty":
      return t("queue.empty");
    case "waiting":
    case "growing":
      return t(`queue.${finding}`, { count: Number(facts.count) });
    case "none":
      return t("lastError.none");
    case "forbidden":
    case "secret-refused":
    case "certificate":
    case "unreachable":
    case "server-error":
    case "recent":
      return (
        <>
          {t(`lastError.${finding}`)}
          <span className="block text-xs text-muted">{t("lastError.said", { message: String(facts.message) })}</span>
        </>
      );
    case "seen":
      return (
        <>
          {t("lastUpdate.seen")}: <TimeAgo at={String(facts.at)} style="words" />
        </>
      );
    case "never":
      return t("lastUpdate.never");
    case "nothing-lost":
      return t("unread.nothing-lost");
    case "malformed":
      return t("unread.malformed", { count: Number(facts.count), place: String(facts.place) });
    case "failed":
      return t("unread.failed", { count: Number(facts.count) });
  }
}
