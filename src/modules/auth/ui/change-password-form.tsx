"use client";

import { useTranslations } from "next-intl";
import { useForm, useWatch } from "react-hook-form";
import { contractResolver } from "@/components/contract-resolver";
import { applyServerErrors, Form, FormError, SubmitButton } from "@/components/form";
import { SectionCard } from "@/components/ui/card";
import { PasswordField } from "@/components/ui/password-field";
import { toast } from "@/components/ui/toast";
import { trpc } from "@/trpc/client";
import type { ChangePasswordInput } from "../contract";
import { PasswordRules } from "./password-rules";
import { useAuthWords } from "./use-auth-words";

export function ChangePasswordForm({ email }: { email: string }) {
  const t = useTranslations("users.password");
  const words = useAuthWords();
  const utils = trpc.useUtils();
  const change = trpc.auth.changePassword.useMutation();
  const form = useForm({
    resolver: contractResolver(async () => (await import("../contract")).changePasswordInput),
    defaultValues: { current: "", next: "" },
    mode: "onTouched",
  });
  const { errors } = form.formState;
  const next = useWatch({ control: form.control, name: "next" });
  const submit = async (input: ChangePasswordInput) => {
    try {
      await change.mutateAsync(input);
      form.reset();
      toast.success(t("saved"));
      await utils.auth.sessions.invalidate();
    } catch (error) {
      applyServerErrors(error, form, { fallback: words.failure(error) });
    }
  };
  return (
    <Form form={form} onSubmit={submit}>
      <SectionCard title={t("title")} description={t("lead")} footer={<SubmitButton>{t("save")}</SubmitButton>}>
        <div className="flex flex-col gap-4">
          <FormError />
          <input type="email" autoComplete="username" value={email} readOnly hidden />
          <PasswordField
            label={t("current")}
            autoComplete="current-password"
            error={words.field("current", errors.current?.message)}
            {...form.register("current")}
          />
          <PasswordField
            label={t("next")}
            autoComplete="new-password"
            error={words.field("next", errors.next?.message, next)}
            {...form.register("next")}
          />
          <PasswordRules password={next} />
        </div>
      </SectionCard>
    </Form>
  );
}
