"use client";

import { CircleCheck, Moon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { SectionCard } from "@/components/ui/card";
import { RadioGroup } from "@/components/ui/radio-group";
import { SelectField } from "@/components/ui/select";
import type { HandoffSettings } from "@/modules/handoff/hours/contract";
import { type Hours, isOpen, nextClosing, nextOpening } from "@/modules/handoff/hours/rules";
import { trpc } from "@/trpc/client";
import { isWrong } from "./intervals";
import { LoadedSettings } from "./loaded-settings";
import { SaveBar } from "./save-bar";
import { SpecialDays } from "./special-days";
import { useReachDraft } from "./use-reach-draft";
import { WeekEditor } from "./week-editor";

/** When people of the team answer. */
export function HoursSettings({ timeZones }: { timeZones: readonly string[] }) {
  return <LoadedSettings>{(settings) => <HoursForm settings={settings} timeZones={timeZones} />}</LoadedSettings>;
}

const pickHours = ({ isAlwaysOpen, timeZone, week, specialDays }: HandoffSettings) => ({
  isAlwaysOpen,
  timeZone,
  week,
  specialDays,
});

// What a team that has never said its hours starts from: Monday to Friday, nine to six.
const USUAL = Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: 540, to: 1080 }] : []));

function HoursForm({ settings, timeZones }: { settings: HandoffSettings; timeZones: readonly string[] }) {
  const t = useTranslations("reach.hours");
  const special = useTranslations("reach.special");
  const form = useReachDraft(settings, pickHours);
  const { draft, change } = form;
  const save = trpc.reach.saveHours.useMutation({
    onSuccess: (next) => form.saved(next, t("saved")),
    onError: form.failed,
  });
  const dates = draft.specialDays.map(({ day, isYearly }) => (isYearly ? day.slice(5) : day));
  const isBroken =
    draft.week.some(isWrong) ||
    draft.specialDays.some(({ day, intervals }) => day === "" || isWrong(intervals)) ||
    new Set(dates).size < dates.length;
  const hours = { ...draft, timeZone: draft.timeZone ?? settings.workspaceTimeZone };
  const zones = [...new Set([hours.timeZone, ...timeZones])];
  const chooseHours = (isAlwaysOpen: boolean) => {
    const isEmpty = draft.week.every((day) => day.length === 0);
    change({ isAlwaysOpen, ...(!isAlwaysOpen && isEmpty && { week: USUAL }) });
  };
  return (
    <div className="flex flex-col gap-6">
      <SectionCard title={t("title")} description={t("description")}>
        <div className="flex flex-col gap-4">
          <RadioGroup
            label={t("when")}
            value={draft.isAlwaysOpen ? "always" : "hours"}
            onChange={(choice) => chooseHours(choice === "always")}
            options={(["always", "hours"] as const).map((value) => ({
              value,
              label: t(`choice.${value}`),
              help: t(`choiceHelp.${value}`),
            }))}
          />
          {!draft.isAlwaysOpen && (
            <>
              <SelectField
                label={t("timeZone")}
                className="max-w-90"
                value={draft.timeZone ?? ""}
                onChange={({ target }) => change({ timeZone: target.value === "" ? null : target.value })}
                options={[
                  { value: "", label: t("workspaceZone", { zone: settings.workspaceTimeZone.replaceAll("_", " ") }) },
                  ...zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
                ]}
              />
              <WeekEditor week={draft.week} onChange={(week) => change({ week })} />
            </>
          )}
          {!isBroken && <Standing hours={hours} />}
        </div>
      </SectionCard>
      {!draft.isAlwaysOpen && (
        <SectionCard title={special("title")} description={special("description")}>
          <SpecialDays days={draft.specialDays} onChange={(specialDays) => change({ specialDays })} />
        </SectionCard>
      )}
      <SaveBar
        {...form}
        isWrong={isBroken}
        isBusy={save.isPending}
        onSave={() =>
          save.mutate({
            ...draft,
            specialDays: draft.specialDays.map((day) => ({ ...day, intervals: [...day.intervals] })),
            version: form.version,
          })
        }
        onReload={() => void form.reload()}
      />
    </div>
  );
}

/** What the hours above mean at this moment. */
function Standing({ hours }: { hours: Hours }) {
  const t = useTranslations("reach.now");
  const locale = useLocale();
  const now = new Date();
  const words = (at: Date) =>
    new Intl.DateTimeFormat(locale, {
      timeZone: hours.timeZone,
      weekday: "long",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).format(at);
  const isOpenNow = isOpen(hours, now);
  const until = isOpenNow ? nextClosing(hours, now) : nextOpening(hours, now);
  const key = isOpenNow ? (until ? "openUntil" : "open") : until ? "closedUntil" : "closed";
  const Icon = isOpenNow ? CircleCheck : Moon;
  return (
    <p role="status" className="flex items-center gap-2 text-text-2" suppressHydrationWarning>
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      {t(key, { at: until ? words(until) : "" })}
    </p>
  );
}
