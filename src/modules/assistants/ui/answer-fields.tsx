"use client";

import { useTranslations } from "next-intl";
import { ASSISTANT_LANGUAGES, NO_ANSWER_POLICIES, TONES } from "@/db/enums";
import { Badge } from "@/components/ui/badge";
import { SectionCard } from "@/components/ui/card";
import { Checkbox, Switch } from "@/components/ui/checkbox";
import { RadioGroup } from "@/components/ui/radio-group";
import { SelectField } from "@/components/ui/select";
import { trpc } from "@/trpc/client";
import type { DraftFieldsProps } from "./identity-fields";

/** How it answers: model, tone with a sample, language, what to do without an answer. */
export function AnswerFields({ draft, onChange }: DraftFieldsProps) {
  const t = useTranslations("assistants.behaviour");
  return (
    <SectionCard title={t("answers")}>
      <div className="flex flex-col gap-6">
        <ModelField model={draft.model} onChange={(model) => onChange({ model })} />
        <RadioGroup
          label={t("tone")}
          look="cards"
          value={draft.tone}
          onChange={(tone) => onChange({ tone })}
          options={TONES.map((tone) => ({ value: tone, label: t(`tones.${tone}`), help: t(`toneSamples.${tone}`) }))}
        />
        <SelectField
          label={t("language")}
          value={draft.language}
          onChange={({ target }) => {
            const language = ASSISTANT_LANGUAGES.find((known) => known === target.value);
            if (language) onChange({ language });
          }}
          options={ASSISTANT_LANGUAGES.map((language) => ({ value: language, label: t(`languages.${language}`) }))}
        />
        <RadioGroup
          label={t("noAnswer")}
          value={draft.noAnswerPolicy}
          onChange={(noAnswerPolicy) => onChange({ noAnswerPolicy })}
          options={NO_ANSWER_POLICIES.map((policy) => ({ value: policy, label: t(`noAnswers.${policy}`) }))}
        />
        <Checkbox
          label={t("showSources")}
          checked={draft.showSources}
          onChange={({ target }) => onChange({ showSources: target.checked })}
        />
        <Checkbox
          label={t("asksForThumbs")}
          checked={draft.asksForThumbs}
          onChange={({ target }) => onChange({ asksForThumbs: target.checked })}
        />
        <Switch
          label={t("isActive")}
          help={t("isActiveHelp")}
          checked={draft.isActive}
          onChange={({ target }) => onChange({ isActive: target.checked })}
        />
      </div>
    </SectionCard>
  );
}

function ModelField({ model, onChange }: { model: string; onChange: (model: string) => void }) {
  const t = useTranslations("assistants.behaviour");
  const models = trpc.assistants.models.useQuery(undefined, { staleTime: 60_000 });
  const items = models.data?.items ?? [];
  if (items[0]?.isDemo) {
    return (
      <div className="flex flex-col gap-1.5">
        <p className="font-medium">{t("model")}</p>
        <p className="flex flex-wrap items-center gap-2 text-text-2">
          <Badge tone="ai">{t("demoModel")}</Badge>
          {t("demoModelHelp")}
        </p>
      </div>
    );
  }
  const label = ({ id, level }: (typeof items)[number]) => (level ? `${t(`levels.${level}`)} · ${id}` : id);
  // A model that is no longer offered stays visible, so that nobody wonders what was chosen.
  const isGone = model !== "" && models.isSuccess && !items.some(({ id }) => id === model);
  return (
    <SelectField
      label={t("model")}
      help={isGone ? t("modelGone", { model }) : undefined}
      value={isGone ? "" : model}
      onChange={({ target }) => onChange(target.value)}
      options={[
        { value: "", label: t("defaultModel") },
        ...items.map((item) => ({ value: item.id, label: label(item) })),
      ]}
    />
  );
}
