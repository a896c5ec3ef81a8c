"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";
import { contractResolver } from "@/components/contract-resolver";
import { applyServerErrors, Form, FormError, SubmitButton } from "@/components/form";
import { AuthCard } from "@/components/shell/auth-card";
import { TextField } from "@/components/ui/text-field";
import { TextLink } from "@/components/ui/text-link";
import { authClient } from "./auth-client";
import { useAuthWords } from "./use-auth-words";

export function ForgotForm() {
  const words = useAuthWords();
  const { t } = words;
  const [sentTo, setSentTo] = useState<string>();
  const form = useForm({
    resolver: contractResolver(async () => (await import("../contract")).emailInput),
    defaultValues: { email: "" },
  });
  const submit = async (input: { email: string }) => {
    try {
      await authClient.auth.requestPasswordReset.mutate(input);
      setSentTo(input.email);
    } catch (error) {
      applyServerErrors(error, form, { fallback: words.failure(error) });
    }
  };
  const back = <TextLink href="/login">{t("forgot.back")}</TextLink>;
  if (sentTo !== undefined) {
    return (
      <AuthCard title={t("forgot.sentTitle")} footer={back}>
        <p role="status" className="text-text-2">
          {t("forgot.sent", { email: sentTo })}
        </p>
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t("forgot.title")} lead={t("forgot.lead")} footer={back}>
      <Form form={form} onSubmit={submit} className="flex flex-col gap-4">
        <FormError />
        <TextField
          label={t("email")}
          type="email"
          autoComplete="username"
          controlSize="lg"
          error={words.field("email", form.formState.errors.email?.message)}
          {...form.register("email")}
        />
        <SubmitButton size="lg">{t("forgot.action")}</SubmitButton>
      </Form>
    </AuthCard>
  );
}
