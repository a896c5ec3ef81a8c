"use client";

import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { contractResolver } from "@/components/contract-resolver";
import { applyServerErrors, Form, FormError, SubmitButton, useField, useGeneralFailure } from "@/components/form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { TextareaField, TextField } from "@/components/ui/text-field";
import { trpc } from "@/trpc/client";
import type { QaItem, QaWords } from "../contract";
import { knowledgeLimits } from "../limits";

type QaDialogProps = { assistantId: string; entry?: QaItem; open: boolean; onOpenChange: (open: boolean) => void };

/** A new Q&A entry, or the given one for editing. */
export function QaDialog({ assistantId, entry, open, onOpenChange }: QaDialogProps) {
  const t = useTranslations("knowledge.qa");
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={entry === undefined ? t("addTitle") : t("editTitle")} description={t("hint")}>
        <QaForm assistantId={assistantId} entry={entry} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function QaForm({ assistantId, entry, onDone }: { assistantId: string; entry?: QaItem; onDone: () => void }) {
  const t = useTranslations("knowledge");
  const general = useGeneralFailure();
  const { knowledge } = trpc.useUtils();
  const create = trpc.knowledge.qa.create.useMutation();
  const update = trpc.knowledge.qa.update.useMutation();
  const form = useForm({
    resolver: contractResolver(async () => (await import("../contract")).qaWordsInput),
    mode: "onTouched",
    defaultValues: { question: entry?.question ?? "", answer: entry?.answer ?? "" },
  });
  const submit = async (words: QaWords) => {
    try {
      await (entry === undefined
        ? create.mutateAsync({ assistantId, ...words })
        : update.mutateAsync({ id: entry.id, ...words }));
      await knowledge.qa.list.invalidate();
      onDone();
    } catch (error) {
      applyServerErrors(error, form, { translate: () => t("form.required"), fallback: general });
    }
  };
  return (
    <Form form={form} onSubmit={submit} className="flex flex-col gap-4">
      <Fields />
      <FormError />
      <div className="flex flex-wrap justify-end gap-2">
        <DialogClose asChild>
          <Button>{t("form.cancel")}</Button>
        </DialogClose>
        <SubmitButton>{t("qa.submit")}</SubmitButton>
      </div>
    </Form>
  );
}

function Fields() {
  const t = useTranslations("knowledge");
  const question = useField<QaWords>("question");
  const answer = useField<QaWords>("answer");
  const required = (error: string | undefined) => (error === undefined ? undefined : t("form.required"));
  return (
    <>
      <TextField
        label={t("qa.question")}
        {...question}
        error={required(question.error)}
        maxLength={knowledgeLimits.questionChars}
      />
      <TextareaField
        label={t("qa.answer")}
        rows={5}
        {...answer}
        error={required(answer.error)}
        maxLength={knowledgeLimits.answerChars}
        counterMax={knowledgeLimits.answerChars}
      />
    </>
  );
}
