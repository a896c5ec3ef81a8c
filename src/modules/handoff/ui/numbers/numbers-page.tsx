"use client";

import { useTranslations } from "next-intl";
import { Page } from "@/components/shell/page";
import { OwnNumbers } from "./own-numbers";
import { PeriodFields } from "./period-fields";
import { TeamNumbers } from "./team-numbers";
import { usePeriod } from "./use-period";

/** An operator's own numbers; owners and admins also see the team's. */
export function NumbersPage({ inboxHref, seesTeam }: { inboxHref: string; seesTeam: boolean }) {
  const t = useTranslations("numbers");
  const state = usePeriod();
  return (
    <Page title={t("title")} back={{ href: inboxHref, label: t("back") }}>
      <PeriodFields state={state} />
      <OwnNumbers input={state.input} />
      {seesTeam && <TeamNumbers input={state.input} />}
      <details className="mt-6 max-w-[68ch] text-sm text-text-2">
        <summary className="w-fit cursor-pointer rounded-sm py-1 text-muted hover:text-text coarse:py-3.5">
          {t("howTitle")}
        </summary>
        <ul className="mt-2 list-disc space-y-1 pl-5 marker:text-muted">
          {(["handled", "waits", "rating", "closed"] as const).map((name) => (
            <li key={name}>{t(`how.${name}`)}</li>
          ))}
        </ul>
      </details>
    </Page>
  );
}
