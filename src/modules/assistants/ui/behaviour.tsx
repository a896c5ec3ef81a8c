"use client";

import { useTranslations } from "next-intl";
import { lazy, type ReactNode, Suspense } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Assistant } from "@/modules/assistants/contract";
import { trpc } from "@/trpc/client";
import { type DraftFieldsProps, IdentityFields } from "./identity-fields";
import { InstructionsField } from "./instructions-field";
import { SaveStatus } from "./save-status";
import { useAutosave } from "./use-autosave";

// Below what is seen first: the server draws them, and their script follows.
const AnswerFields = lazy(async () => ({ default: (await import("./answer-fields")).AnswerFields }));
const RemoveAssistant = lazy(async () => ({ default: (await import("./remove-assistant")).RemoveAssistant }));

type BehaviourProps = {
  assistantId: string;
  mayEdit: boolean;
  listHref: string;
  /** What later modules have to ask of the same draft. */
  more?: (fields: DraftFieldsProps) => ReactNode;
};

/** Who the assistant is and how it answers; saves itself while it is edited. */
export function Behaviour({ assistantId, ...form }: BehaviourProps) {
  const common = useTranslations("common.state");
  const assistant = trpc.assistants.get.useQuery({ id: assistantId });
  if (assistant.isPending) return <SkeletonRows rows={8} label={common("loading")} />;
  if (assistant.isError) {
    return (
      <ErrorState
        onRetry={() => void assistant.refetch()}
        isRetrying={assistant.isRefetching}
        requestId={assistant.error.data?.requestId}
      />
    );
  }
  return <BehaviourForm key={assistantId} assistant={assistant.data} {...form} />;
}

type BehaviourFormProps = Omit<BehaviourProps, "assistantId"> & { assistant: Assistant };

function BehaviourForm({ assistant, mayEdit, listHref, more }: BehaviourFormProps) {
  const t = useTranslations("assistants.behaviour");
  const { draft, state, change, retry, takeTheirs, keepMine } = useAutosave(assistant);
  const invalidField = state.kind === "invalid" ? state.field : undefined;
  return (
    <div className="mx-auto flex w-full max-w-176 flex-col gap-6">
      <div aria-live="polite">
        {mayEdit ? (
          <SaveStatus
            state={state}
            onRetry={() => void retry()}
            onTakeTheirs={() => void takeTheirs()}
            onKeepMine={() => void keepMine()}
          />
        ) : (
          <p className="text-sm text-muted">{t("readOnly")}</p>
        )}
      </div>
      <fieldset disabled={!mayEdit} className="contents">
        <IdentityFields draft={draft} onChange={change} invalidField={invalidField} />
        <InstructionsField draft={draft} onChange={change} invalidField={invalidField} />
        <Suspense>
          <AnswerFields draft={draft} onChange={change} />
          {more?.({ draft, onChange: change })}
        </Suspense>
      </fieldset>
      {mayEdit && (
        <Suspense>
          <RemoveAssistant assistant={assistant} listHref={listHref} />
        </Suspense>
      )}
    </div>
  );
}
