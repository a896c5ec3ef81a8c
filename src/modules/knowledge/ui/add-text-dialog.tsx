"use client";

import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { contractResolver } from "@/components/contract-resolver";
import { applyServerErrors, Form, FormError, SubmitButton, useField, useGeneralFailure } from "@/components/form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { TextareaField, TextField } from "@/components/ui/text-field";
import { useErrorText } from "@/components/use-error-text";
import { trpc } from "@/trpc/client";
import type { AddTextInput } from "../contract";
import { knowledgeLimits } from "../limits";

type AddTextDialogProps = { assistantId: string; open: boolean; onOpenChange: (open: boolean) => void };

/** Knowledge that is typed or pasted instead of uploaded. */
export function AddTextDialog({ assistantId, open, onOpenChange }: AddTextDialogProps) {
  const t = useTranslations("knowledge.text");
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="lg" title={t("title")} description={t("hint")}>
        <AddTextForm assistantId={assistantId} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function AddTextForm({ assistantId, onDone }: { assistantId: string; onDone: () => void }) {
  const t = useTranslations("knowledge");
  const general = useGeneralFailure();
  const errorText = useErrorText();
  const { knowledge } = trpc.useUtils();
  const form = useForm<AddTextInput>({
    resolver: contractResolver(async () => (await import("../contract")).addTextInput),
    mode: "onTouched",
    defaultValues: { assistantId, title: "", text: "" },
  });
  const add = trpc.knowledge.addText.useMutation();
  const submit = async (input: AddTextInput) => {
    try {
      await add.mutateAsync(input);
      await knowledge.documents.invalidate();
      onDone();
    } catch (error) {
      applyServerErrors(error, form, { translate: () => t("form.required"), fallback: refusalOf(error) ?? general });
    }
  };
  const refusalOf = (error: unknown) => {
    const facts = isRefusal(error) ? error.data.facts : {};
    if (facts.reason === "duplicate") return t("refusal.duplicate", { name: String(facts.name ?? ""), seconds: 0 });
    if (facts.reason === "no-funds") return errorText(error);
    return facts.reason === "quota" ? t("refusal.quota", { name: "", seconds: 0 }) : undefined;
  };
  return (
    <Form form={form} onSubmit={submit} className="flex flex-col gap-4">
      <Fields />
      <FormError />
      <div className="flex flex-wrap justify-end gap-2">
        <DialogClose asChild>
          <Button>{t("form.cancel")}</Button>
        </DialogClose>
        <SubmitButton>{t("text.submit")}</SubmitButton>
      </div>
    </Form>
  );
}

function Fields() {
  const t = useTranslations("knowledge");
  const title = useField<AddTextInput>("title");
  const text = useField<AddTextInput>("text");
  const required = (error: string | undefined) => (error === undefined ? undefined : t("form.required"));
  return (
    <>
      <TextField
        label={t("text.name")}
        {...title}
        error={required(title.error)}
        maxLength={knowledgeLimits.titleChars}
      />
      <TextareaField
        label={t("text.body")}
        rows={10}
        {...text}
        error={required(text.error)}
        counterMax={knowledgeLimits.textChars}
      />
    </>
  );
}

function isRefusal(error: unknown): error is { data: { facts: Record<string, unknown> } } {
  const data = typeof error === "object" && error !== null && "data" in error ? error.data : null;
  return (
    typeof data === "object" &&
    data !== null &&
    "facts" in data &&
    typeof data.facts === "object" &&
    data.facts !== null
  );
}
