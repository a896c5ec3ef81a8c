"use client";

import { FileText } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { Menu } from "@/components/ui/menu";
import { TextareaField } from "@/components/ui/text-field";
import { assistantLimits } from "@/modules/assistants/limits";
import { trpc } from "@/trpc/client";
import type { DraftFieldsProps } from "./identity-fields";

/** The owner's own words to the model, with the eight templates to start from. A taken template can be undone. */
export function InstructionsField({ draft, onChange, invalidField }: DraftFieldsProps) {
  const t = useTranslations("assistants.behaviour");
  const common = useTranslations("common.action");
  const [replaced, setReplaced] = useState<string | null>(null);
  const take = (body: string) => {
    setReplaced(draft.instructions.trim() === "" ? null : draft.instructions);
    onChange({ instructions: body });
  };
  return (
    <SectionCard title={t("instructions")} description={t("instructionsHelp")} action={<TemplateMenu onTake={take} />}>
      <TextareaField
        label={t("instructions")}
        hideLabel
        rows={12}
        value={draft.instructions}
        placeholder={t("instructionsPlaceholder")}
        maxLength={assistantLimits.instructionsChars}
        counterMax={assistantLimits.instructionsChars}
        error={invalidField === "instructions" ? t("instructionsLong") : undefined}
        onChange={({ target }) => {
          setReplaced(null);
          onChange({ instructions: target.value });
        }}
      />
      <div aria-live="polite">
        {replaced !== null && (
          <p className="mt-2 flex items-center gap-2 text-sm text-muted">
            {t("templateTaken")}
            <Button
              size="sm"
              variant="ghost"
              onClick={() => {
                onChange({ instructions: replaced });
                setReplaced(null);
              }}
            >
              {common("undo")}
            </Button>
          </p>
        )}
      </div>
    </SectionCard>
  );
}

function TemplateMenu({ onTake }: { onTake: (body: string) => void }) {
  const t = useTranslations("assistants.behaviour");
  const locale = useLocale();
  const templates = trpc.assistants.templates.useQuery(undefined, { staleTime: Infinity });
  const items = templates.data?.items ?? [];
  // The person's own language first; both are there, because customers may speak the other one.
  const ordered = [
    ...items.filter(({ language }) => language === locale),
    ...items.filter(({ language }) => language !== locale),
  ];
  return (
    <Menu
      align="end"
      className="w-72"
      trigger={
        <Button size="sm" icon={<FileText aria-hidden />} className="in-disabled:hidden" disabled={items.length === 0}>
          {t("template")}
        </Button>
      }
      items={ordered.map(({ code, language, title, summary, body }) => ({
        key: language + code,
        label: (
          <>
            {title} <span className="text-xs text-muted uppercase">{language}</span>
          </>
        ),
        note: summary,
        onSelect: () => onTake(body),
      }))}
    />
  );
}
