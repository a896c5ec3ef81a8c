"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { HANDOFF_AUDIENCES, type HandoffAudience } from "@/db/enums";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { TextareaField, TextField } from "@/components/ui/text-field";
import type { HandoffSettings, Rung } from "@/modules/handoff/hours/contract";
import { hoursLimits } from "@/modules/handoff/hours/limits";
import { trpc } from "@/trpc/client";
import { LoadedSettings } from "./loaded-settings";
import { SaveBar } from "./save-bar";
import { useReachDraft } from "./use-reach-draft";

/** How soon people answer, and who is told when they do not. */
export function LadderSettings() {
  return <LoadedSettings>{(settings) => <LadderForm settings={settings} />}</LoadedSettings>;
}

const pickLadder = (settings: HandoffSettings) => ({
  siteSlaMinutes: settings.siteSlaMinutes,
  telegramSlaMinutes: settings.telegramSlaMinutes,
  rungs: settings.rungs,
  requestTell: settings.requestTell,
  extraEmails: settings.extraEmails,
  expiresAfterMinutes: settings.expiresAfterMinutes,
  operatorLostAfterMinutes: settings.operatorLostAfterMinutes,
});

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function LadderForm({ settings }: { settings: HandoffSettings }) {
  const t = useTranslations("reach.ladder");
  const form = useReachDraft(settings, pickLadder);
  const { draft, change } = form;
  const save = trpc.reach.saveLadder.useMutation({
    onSuccess: (next) => form.saved(next, t("saved")),
    onError: form.failed,
  });
  const isRising = draft.rungs.every(({ times }, n) => n === 0 || times > (draft.rungs[n - 1]?.times ?? 0));
  const isBadAddress = draft.extraEmails.some((email) => !ADDRESS.test(email));
  const isTooShort = draft.operatorLostAfterMinutes === 1;
  const numbers = [draft.siteSlaMinutes, draft.telegramSlaMinutes, ...draft.rungs.map(({ times }) => times)];
  const isBroken = !isRising || isBadAddress || isTooShort || numbers.some((number) => number < 1);
  const replace = (index: number, changed: Rung | null) =>
    change({ rungs: draft.rungs.flatMap((rung, n) => (n === index ? (changed ? [changed] : []) : [rung])) });
  return (
    <div className="flex flex-col gap-6">
      <SectionCard title={t("promise")} description={t("promiseHelp")}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Minutes
            label={t("site")}
            value={draft.siteSlaMinutes}
            onChange={(siteSlaMinutes) => change({ siteSlaMinutes })}
          />
          <Minutes
            label={t("telegram")}
            value={draft.telegramSlaMinutes}
            onChange={(telegramSlaMinutes) => change({ telegramSlaMinutes })}
          />
        </div>
      </SectionCard>
      <SectionCard title={t("letters")} description={t("lettersHelp")}>
        <ol className="divide-y">
          <li className="py-3 first:pt-0">
            <Audiences
              title={t("atOnce")}
              tell={draft.requestTell}
              onChange={(requestTell) => change({ requestTell })}
            />
          </li>
          {draft.rungs.map((rung, index) => (
            <li key={index} className="flex flex-col gap-2 py-3">
              <div className="flex items-start gap-2">
                <TextField
                  type="number"
                  min={1}
                  max={hoursLimits.times}
                  label={t("times", { number: index + 1 })}
                  className="min-w-0 flex-1"
                  value={String(rung.times)}
                  help={t("timesHelp", {
                    site: rung.times * draft.siteSlaMinutes,
                    telegram: rung.times * draft.telegramSlaMinutes,
                  })}
                  error={index > 0 && rung.times <= (draft.rungs[index - 1]?.times ?? 0) ? t("notRising") : undefined}
                  onChange={({ target }) =>
                    replace(index, { ...rung, times: Math.min(hoursLimits.times, toNumber(target.value)) })
                  }
                />
                <IconButton
                  label={t("removeRung", { number: index + 1 })}
                  className="mt-6.5"
                  onClick={() => replace(index, null)}
                >
                  <X aria-hidden />
                </IconButton>
              </div>
              <Audiences
                title={t("tell", { number: index + 1 })}
                tell={rung.tell}
                onChange={(tell) => replace(index, { ...rung, tell })}
              />
            </li>
          ))}
        </ol>
        {draft.rungs.length < hoursLimits.rungs && (
          <Button
            size="sm"
            icon={<Plus aria-hidden />}
            onClick={() =>
              change({ rungs: [...draft.rungs, { times: (draft.rungs.at(-1)?.times ?? 0) + 1, tell: ["owners"] }] })
            }
          >
            {t("addRung")}
          </Button>
        )}
        <ExtraEmails
          emails={draft.extraEmails}
          error={isBadAddress ? t("badAddress") : undefined}
          onChange={(extraEmails) => change({ extraEmails })}
        />
      </SectionCard>
      <SectionCard title={t("ends")}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Minutes
            label={t("expires")}
            help={t("expiresHelp")}
            min={0}
            value={draft.expiresAfterMinutes}
            onChange={(expiresAfterMinutes) => change({ expiresAfterMinutes })}
          />
          <Minutes
            label={t("lost")}
            help={t("lostHelp")}
            min={0}
            error={isTooShort ? t("tooShort") : undefined}
            value={draft.operatorLostAfterMinutes}
            onChange={(operatorLostAfterMinutes) => change({ operatorLostAfterMinutes })}
          />
        </div>
      </SectionCard>
      <SaveBar
        {...form}
        isWrong={isBroken}
        isBusy={save.isPending}
        onSave={() => save.mutate({ ...draft, version: form.version })}
        onReload={() => void form.reload()}
      />
    </div>
  );
}

type MinutesProps = {
  label: string;
  help?: string;
  error?: string;
  min?: number;
  value: number;
  onChange: (value: number) => void;
};

function Minutes({ min = 1, value, onChange, error, ...text }: MinutesProps) {
  const t = useTranslations("reach.ladder");
  return (
    <TextField
      {...text}
      type="number"
      min={min}
      max={hoursLimits.slaMinutes}
      error={error ?? (value < min ? t("tooFew", { min }) : undefined)}
      value={String(value)}
      onChange={({ target }) => onChange(Math.min(hoursLimits.slaMinutes, toNumber(target.value)))}
    />
  );
}

type AudiencesProps = { title: string; tell: HandoffAudience[]; onChange: (tell: HandoffAudience[]) => void };

function Audiences({ title, tell, onChange }: AudiencesProps) {
  const t = useTranslations("reach.ladder");
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">{title}</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-1.5">
        {HANDOFF_AUDIENCES.map((audience) => (
          <Checkbox
            key={audience}
            label={t(`audience.${audience}`)}
            checked={tell.includes(audience)}
            onChange={({ target }) =>
              onChange(target.checked ? [...tell, audience] : tell.filter((other) => other !== audience))
            }
          />
        ))}
      </div>
    </fieldset>
  );
}

type ExtraEmailsProps = { emails: string[]; error: string | undefined; onChange: (emails: string[]) => void };

function ExtraEmails({ emails, error, onChange }: ExtraEmailsProps) {
  const t = useTranslations("reach.ladder");
  const [typed, setTyped] = useState(() => emails.join("\n"));
  // What a save made of it, or somebody else saved, takes the place of what was typed.
  const shown = sameList(listOf(typed), emails) ? typed : emails.join("\n");
  return (
    <TextareaField
      label={t("extra")}
      help={t("extraHelp")}
      error={error}
      rows={2}
      className="mt-4"
      value={shown}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(listOf(target.value));
      }}
    />
  );
}

const listOf = (text: string) =>
  text
    .split(/[\s,;]+/)
    .map((email) => email.toLowerCase())
    .filter((email) => email !== "")
    .slice(0, hoursLimits.extraEmails);
const sameList = (one: string[], other: string[]) => one.join() === other.join();
const toNumber = (text: string) => Math.max(0, Math.trunc(Number(text) || 0));
