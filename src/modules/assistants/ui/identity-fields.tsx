"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { IconButton } from "@/components/ui/icon-button";
import { TextareaField, TextField } from "@/components/ui/text-field";
import { assistantLimits } from "@/modules/assistants/limits";
import type { Draft } from "./use-autosave";

export type DraftFieldsProps = { draft: Draft; onChange: (fields: Partial<Draft>) => void; invalidField?: string };

/** Name, greeting and the questions offered at the start. */
export function IdentityFields({ draft, onChange, invalidField }: DraftFieldsProps) {
  const t = useTranslations("assistants.behaviour");
  return (
    <SectionCard title={t("identity")}>
      <div className="flex flex-col gap-4">
        <TextField
          label={t("name")}
          value={draft.name}
          maxLength={assistantLimits.nameChars}
          counterMax={assistantLimits.nameChars}
          error={invalidField === "name" ? t("nameMissing") : undefined}
          onChange={({ target }) => onChange({ name: target.value })}
        />
        <TextareaField
          label={t("greeting")}
          help={t("greetingHelp")}
          optional
          rows={2}
          value={draft.greeting}
          maxLength={assistantLimits.greetingChars}
          counterMax={assistantLimits.greetingChars}
          onChange={({ target }) => onChange({ greeting: target.value })}
        />
        <Starters starters={draft.starters} onChange={(starters) => onChange({ starters })} />
      </div>
    </SectionCard>
  );
}

function Starters({ starters, onChange }: { starters: string[]; onChange: (starters: string[]) => void }) {
  const t = useTranslations("assistants.behaviour");
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium">{t("starters")}</legend>
      <p className="text-sm text-muted">{t("startersHelp")}</p>
      {starters.map((starter, index) => (
        // Starters have no identity but their place.
        <div key={index} className="flex items-end gap-2">
          <TextField
            className="flex-1"
            label={t("starterLabel", { number: index + 1 })}
            hideLabel
            value={starter}
            placeholder={t("starterPlaceholder")}
            maxLength={assistantLimits.starterChars}
            onChange={({ target }) => onChange(starters.with(index, target.value))}
            onBlur={() => starter.trim() === "" && onChange(starters.toSpliced(index, 1))}
          />
          <IconButton
            label={t("removeStarter")}
            className="in-disabled:hidden"
            onClick={() => onChange(starters.toSpliced(index, 1))}
          >
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      {starters.length < assistantLimits.starters && (
        <Button
          variant="ghost"
          className="self-start in-disabled:hidden"
          icon={<Plus aria-hidden />}
          disabled={starters.at(-1)?.trim() === ""}
          onClick={() => onChange([...starters, ""])}
        >
          {t("addStarter")}
        </Button>
      )}
    </fieldset>
  );
}
