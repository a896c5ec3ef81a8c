"use client";

import { CircleCheck, CircleX, Stethoscope, TriangleAlert, Wrench } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { TimeAgo } from "@/components/ui/time-ago";
import type { Bot } from "@/modules/bots/contract";
import { type BotCheck, isRepairable } from "@/modules/bots/doctor/contract";
import { trpc } from "@/trpc/client";
import { useBotFailure } from "./bot-failure";
import { CheckSentence } from "./check-sentence";

const ICON = { ok: CircleCheck, warning: TriangleAlert, fault: CircleX } as const;
const TONE = { ok: "text-success-text", warning: "text-warning-text", fault: "text-danger-text" } as const;

/** What Telegram said about the bot at the doctor's last visit, a visit now, and the repair of what was found. */
export function BotDoctor({ bot, mayManage }: { bot: Bot; mayManage: boolean }) {
  const t = useTranslations("bots.doctor");
  const failure = useBotFailure();
  const utils = trpc.useUtils();
  const check = trpc.bots.doctor.useQuery({ id: bot.id }, { enabled: false, retry: false });
  const repair = trpc.bots.repair.useMutation({ onSuccess: () => utils.bots.list.invalidate() });
  const run = async () => {
    repair.reset();
    await check.refetch();
    await utils.bots.list.invalidate();
  };
  const { checks, checkedAt } = latest([repair.data, check.data, bot]);
  const error = repair.error ?? check.error;
  return (
    <section aria-label={t("title")} className="flex flex-col gap-3 border-t pt-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h3 className="text-sm font-medium">{t("title")}</h3>
          <p className="text-xs text-muted">
            {checkedAt ? (
              <>
                {t("checkedAt")} <TimeAgo at={checkedAt} style="words" />
              </>
            ) : (
              t("notYet")
            )}
          </p>
        </div>
        {mayManage && (
          <div className="flex gap-2">
            {checks.some(isRepairable) && (
              <Button
                size="sm"
                variant="solid"
                icon={<Wrench aria-hidden />}
                busy={repair.isPending}
                onClick={() => repair.mutate({ id: bot.id })}
              >
                {t(checks.some(({ finding }) => finding === "foreign-webhook") ? "takeBack" : "repair")}
              </Button>
            )}
            <Button size="sm" icon={<Stethoscope aria-hidden />} busy={check.isFetching} onClick={() => void run()}>
              {t("run")}
            </Button>
          </div>
        )}
      </div>
      {error && (
        <p role="alert" className="text-sm text-danger-text">
          {failure(error)}
        </p>
      )}
      {checks.length > 0 && (
        <ul aria-live="polite" className="flex flex-col gap-2 text-sm">
          {checks.map((line) => (
            <CheckLine key={line.check} line={line} />
          ))}
        </ul>
      )}
    </section>
  );
}

type Visit = { checks: BotCheck[]; checkedAt: Date | null };

/** The newest of several visits; one that never took place is older than all. */
function latest(visits: readonly (Visit | undefined)[]): Visit {
  const none: Visit = { checks: [], checkedAt: null };
  return visits.reduce<Visit>(
    (newest, visit) =>
      visit && (visit.checkedAt?.getTime() ?? 0) > (newest.checkedAt?.getTime() ?? 0) ? visit : newest,
    none,
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
        <CheckSentence line={line} />
      </span>
    </li>
  );
}
