"use client";

import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { useForm, useWatch } from "react-hook-form";
import { contractResolver } from "@/components/contract-resolver";
import { applyServerErrors, Form, FormError, SubmitButton } from "@/components/form";
import { PasswordField } from "@/components/ui/password-field";
import { TextField } from "@/components/ui/text-field";
import { toLocale } from "@/lib/locales";
import type { RegisterInput } from "../contract";
import { authClient } from "./auth-client";
import { PasswordRules } from "./password-rules";
import { rememberEmail } from "./pending-email";
import { useAuthWords } from "./use-auth-words";

export function RegisterForm({ next }: { next: string }) {
  const words = useAuthWords();
  const { t } = words;
  const router = useRouter();
  const locale = toLocale(useLocale());
  const form = useForm({
    resolver: contractResolver(async () => (await import("../contract")).registerInput),
    defaultValues: { email: "", password: "", name: "", locale },
    mode: "onTouched",
  });
  const { errors } = form.formState;
  const password = useWatch({ control: form.control, name: "password" });

  const submit = async (input: RegisterInput) => {
    try {
      await authClient.auth.register.mutate(input);
      rememberEmail(input.email);
      router.push(`/verify?next=${encodeURIComponent(next)}`);
    } catch (error) {
      applyServerErrors(error, form, { fallback: words.failure(error) });
    }
  };

  return (
    <Form form={form} onSubmit={submit} className="flex flex-col gap-4">
      <FormError />
      <TextField
        label={t("name")}
        optional
        autoComplete="given-name"
        controlSize="lg"
        error={words.field("name", errors.name?.message)}
        {...form.register("name")}
      />
      <TextField
        label={t("email")}
        type="email"
        autoComplete="username"
        controlSize="lg"
        error={words.field("email", errors.email?.message)}
        {...form.register("email")}
      />
      <PasswordField
        label={t("password")}
        autoComplete="new-password"
        controlSize="lg"
        error={words.field("password", errors.password?.message, password)}
        {...form.register("password")}
      />
      <PasswordRules password={password} />
      <SubmitButton size="lg">{t("register.action")}</SubmitButton>
    </Form>
  );
}
