"use client";

import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { contractResolver } from "@/components/contract-resolver";
import { applyServerErrors, Form, FormError, SubmitButton } from "@/components/form";
import { TextField } from "@/components/ui/text-field";
import { useErrorText } from "@/components/use-error-text";
import { trpc } from "@/trpc/client";
import type { CreateWorkspaceInput } from "../contract";

export function CreateWorkspaceForm() {
  const t = useTranslations("workspaces.create");
  const errorText = useErrorText();
  const create = trpc.workspaces.create.useMutation();
  const form = useForm({
    resolver: contractResolver(async () => (await import("../contract")).createWorkspaceInput),
    defaultValues: { name: "" },
  });
  const submit = async (input: CreateWorkspaceInput) => {
    try {
      const { slug } = await create.mutateAsync(input);
      window.location.assign(`/w/${slug}`);
    } catch (error) {
      applyServerErrors(error, form, { translate: () => t("nameError"), fallback: errorText(error) });
    }
  };
  return (
    <Form form={form} onSubmit={submit} className="flex flex-col gap-4">
      <FormError />
      <TextField
        label={t("name")}
        placeholder={t("namePlaceholder")}
        autoComplete="organization"
        controlSize="lg"
        error={form.formState.errors.name && t("nameError")}
        {...form.register("name")}
      />
      <SubmitButton size="lg">{t("action")}</SubmitButton>
    </Form>
  );
}
