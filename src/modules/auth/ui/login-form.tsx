"use client";

import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { contractResolver } from "@/components/contract-resolver";
import { Form, FormError, SubmitButton } from "@/components/form";
import { PasswordField } from "@/components/ui/password-field";
import { TextField } from "@/components/ui/text-field";
import { TextLink } from "@/components/ui/text-link";
import type { SignInInput } from "../contract";
import { rememberEmail } from "./pending-email";
import { signInWithPassword, type SignInOutcome } from "./session-door";
import { useAuthWords } from "./use-auth-words";

type LoginFormProps = {
  next: string;
  defaultEmail?: string;
  /** Why the browser was sent back here. */ reason?: string;
};

export function LoginForm({ next, defaultEmail = "", reason }: LoginFormProps) {
  const words = useAuthWords();
  const { t } = words;
  const router = useRouter();
  const startReason = words.reason(reason ?? null) ?? (reason ? t("failure.external") : undefined);
  const form = useForm({
    resolver: contractResolver(async () => (await import("../contract")).signInInput),
    defaultValues: { email: defaultEmail, password: "" },
    mode: "onTouched",
  });
  const { errors } = form.formState;

  const refuse = (outcome: Exclude<SignInOutcome, { ok: true }>) => {
    const minutes = Math.ceil(outcome.seconds / 60);
    const isLocked = outcome.code === "RATE_LIMITED";
    form.setError("root", {
      type: "server",
      message: isLocked
        ? t("failure.sign-in-locked", { minutes })
        : (words.reason(outcome.reason) ?? words.failure(null)),
    });
    form.setFocus("password");
  };
  const submit = async ({ email, password }: SignInInput) => {
    try {
      const outcome = await signInWithPassword(email, password);
      if (outcome.ok) return window.location.assign(next);
      if (outcome.code !== "EMAIL_NOT_CONFIRMED") return refuse(outcome);
      rememberEmail(email);
      router.push(`/verify?next=${encodeURIComponent(next)}`);
    } catch (error) {
      form.setError("root", { type: "server", message: words.failure(error) });
    }
  };

  return (
    <Form form={form} onSubmit={submit} className="flex flex-col gap-4">
      <FormError />
      {startReason && form.formState.submitCount === 0 && (
        <p role="alert" className="rounded-md bg-danger-tint px-3 py-2 text-danger-text">
          {startReason}
        </p>
      )}
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
        autoComplete="current-password"
        controlSize="lg"
        error={words.field("password", errors.password?.message)}
        {...form.register("password")}
      />
      <SubmitButton size="lg">{t("login.action")}</SubmitButton>
      <TextLink href="/forgot" className="flex min-h-6 items-center self-center text-sm touch-target">
        {t("login.forgot")}
      </TextLink>
    </Form>
  );
}
