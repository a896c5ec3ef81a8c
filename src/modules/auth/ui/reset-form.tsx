"use client";

import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { contractResolver } from "@/components/contract-resolver";
import { applyServerErrors, Form, FormError, SubmitButton } from "@/components/form";
import { AuthCard } from "@/components/shell/auth-card";
import { LinkButton } from "@/components/ui/link-button";
import { PasswordField } from "@/components/ui/password-field";
import type { ResetPasswordInput } from "../contract";
import { authClient } from "./auth-client";
import { PasswordRules } from "./password-rules";
import { useAuthWords } from "./use-auth-words";

export function ResetForm({ token }: { token: string }) {
  const words = useAuthWords();
  const { t } = words;
  const [isDone, setIsDone] = useState(false);
  const form = useForm({
    resolver: contractResolver(async () => (await import("../contract")).resetPasswordInput),
    defaultValues: { token, password: "" },
    mode: "onTouched",
  });
  const password = useWatch({ control: form.control, name: "password" });
  const submit = async (input: ResetPasswordInput) => {
    try {
      await authClient.auth.resetPassword.mutate(input);
      setIsDone(true);
    } catch (error) {
      applyServerErrors(error, form, { fallback: words.failure(error) });
    }
  };
  if (isDone) {
    return (
      <AuthCard title={t("reset.doneTitle")} lead={t("reset.done")}>
        <LinkButton href="/login" variant="solid" size="lg" className="w-full">
          {t("login.action")}
        </LinkButton>
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t("reset.title")} lead={t("reset.lead")}>
      <Form form={form} onSubmit={submit} className="flex flex-col gap-4">
        <FormError />
        <PasswordField
          label={t("newPassword")}
          autoComplete="new-password"
          controlSize="lg"
          error={words.field("password", form.formState.errors.password?.message, password)}
          {...form.register("password")}
        />
        <PasswordRules password={password} />
        <SubmitButton size="lg">{t("reset.action")}</SubmitButton>
      </Form>
    </AuthCard>
  );
}
