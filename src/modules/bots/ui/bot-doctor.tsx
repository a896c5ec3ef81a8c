"use client";

import { CircleCheck, CircleX, Stethoscope, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { TimeAgo } from "@/components/ui/time-ago";
import type { BotCheck } from "@/modules/bots/contract";
import { trpc } from "@/trpc/client";
import { useBotFailure } from "./bot-failure";

const ICON = { ok: CircleCheck, warning: TriangleAlert, fault: CircleX } as const;
const TONE = { ok: "text-success-text", warning: "text-warning-text", fault: "text-danger-text" } as const;

/** What Telegram says about the bot, asked when somebody wants to know. */
export function BotDoctor({ botId }: { botId: string }) {
  const t = useTranslations("bots.doctor");
  const failure = useBotFailure();
  const check = trpc.bots.doctor.useQuery({ id: botId }, { enabled: false, retry: false });
  return (
    <section aria-label={t("title")} className="flex flex-col gap-3 border-t pt-4">
      <div className="flex items-center justify-between gap-3">
        <h3 className="text-sm font-medium">{t("title")}</h3>
        <Button
          size="sm"
          icon={<Stethoscope aria-hidden />}
          busy={check.isFetching}
          onClick={() => void check.refetch()}
        >
          {t("run")}
        </Button>
      </div>
      {check.error && (
        <p role="alert" className="text-sm text-danger-text">
          {failure(check.error)}
        </p>
      )}
      {check.data && (
        <ul aria-live="polite" className="flex flex-col gap-2 text-sm">
          {check.data.checks.map((line) => (
            <CheckLine key={line.check} line={line} />
          ))}
        </ul>
      )}
    </section>
  );
}

function CheckLine({ line }: { line: BotCheck }) {
  const t = useTranslations("bots.doctor");
  const Icon = ICON[line.level];
  return (
    <li className="flex gap-2">
      <Icon
        role="img"
        aria-label={t(`level.${line.level}`)}
        className={`mt-0.5 size-4 shrink-0 ${TONE[line.level]}`}
        strokeWidth={1.75}
      />
      <span className="min-w-0 wrap-anywhere">
        <Sentence line={line} />
      </span>
    </li>
  );
}

function Sentence({ line: { finding, facts } }: { line: BotCheck }) {
  const t = useTranslations("bots.doctor");
  switch (finding) {
    case "accepted":
    case "revoked":
    case "telegram-silent":
      return t(`token.${finding}`);
    case "webhook":
    case "polling":
    case "foreign-webhook":
    case "no-webhook":
      return t(`receiving.${finding}`);
    case "empty":
      return t("queue.empty");
    case "waiting":
      return t("queue.waiting", { count: Number(facts.count) });
    case "none":
      return t("lastError.none");
    case "recent":
      return t("lastError.recent", { message: String(facts.message) });
    case "seen":
      return (
        <>
          {t("lastUpdate.seen")}: <TimeAgo at={String(facts.at)} />
        </>
      );
    case "never":
      return t("lastUpdate.never");
  }
}
