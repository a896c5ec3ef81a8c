"use client";

import { useTranslations } from "next-intl";
import { HANDOFF_TRIGGERS } from "@/db/enums";
import { SectionCard } from "@/components/ui/card";
import { Checkbox, Switch } from "@/components/ui/checkbox";
import type { DraftFieldsProps } from "@/modules/assistants/ui/identity-fields";
import { DetectorTester } from "./detector-tester";

/** What passes a dialog of this assistant to people, with a field that tries words out. */
export function HandoffTriggers({ draft, onChange, assistantId }: DraftFieldsProps & { assistantId: string }) {
  const t = useTranslations("reach.triggers");
  const chosen = draft.handoffTriggers;
  return (
    <SectionCard title={t("title")} description={t("description")}>
      <div className="flex flex-col gap-6">
        <fieldset>
          <legend className="sr-only">{t("title")}</legend>
          <div className="flex flex-col gap-3">
            {HANDOFF_TRIGGERS.map((trigger) => (
              <Checkbox
                key={trigger}
                label={t(`name.${trigger}`)}
                help={t(`help.${trigger}`)}
                checked={chosen.includes(trigger)}
                onChange={({ target }) =>
                  onChange({
                    handoffTriggers: target.checked
                      ? [...chosen, trigger]
                      : chosen.filter((other) => other !== trigger),
                  })
                }
              />
            ))}
          </div>
        </fieldset>
        <Switch
          label={t("saysWords")}
          help={t("saysWordsHelp")}
          checked={draft.saysHandoffWords}
          onChange={({ target }) => onChange({ saysHandoffWords: target.checked })}
        />
        <DetectorTester assistantId={assistantId} isOn={chosen.includes("words")} />
      </div>
    </SectionCard>
  );
}
