"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import { useForm } from "react-hook-form";
import { contractResolver } from "@/components/contract-resolver";
import { applyServerErrors, Form, FormError, SubmitButton } from "@/components/form";
import { TextField } from "@/components/ui/text-field";
import type { ConfirmEmailInput } from "../contract";
import { CODE_LENGTH } from "../rules";
import { authClient } from "./auth-client";
import { rememberedEmail } from "./pending-email";
import { ResendCode } from "./resend-code";
import { useAuthWords } from "./use-auth-words";

const never = () => () => {};

/** The six digits of the letter; the sixth one sends the form. */
export function VerifyForm({ next }: { next: string }) {
  const email = useSyncExternalStore(never, rememberedEmail, () => "");
  // The form begins anew once the browser knows the address, so that its first value is right.
  return <CodeForm key={email} next={next} knownEmail={email} />;
}

function CodeForm({ next, knownEmail }: { next: string; knownEmail: string }) {
  const words = useAuthWords();
  const { t } = words;
  const form = useForm({
    resolver: contractResolver(async () => (await import("../contract")).confirmEmailInput),
    defaultValues: { email: knownEmail, code: "" },
  });
  const { errors } = form.formState;
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => form.setFocus(knownEmail ? "code" : "email"), [form, knownEmail]);

  const submit = async (input: ConfirmEmailInput) => {
    try {
      const { slug } = await authClient.auth.confirmEmail.mutate(input);
      window.location.assign(next === "/w" ? `/w/${slug}` : next);
    } catch (error) {
      applyServerErrors(error, form, { fallback: words.failure(error) });
      form.setFocus("code");
    }
  };
  const code = form.register("code", {
    onChange: (event: { target: { value: string } }) => {
      const digits = event.target.value.replace(/\D/g, "").slice(0, CODE_LENGTH);
      form.setValue("code", digits);
      if (digits.length === CODE_LENGTH) element.current?.requestSubmit();
    },
  });

  return (
    <div ref={(node) => void (element.current = node?.querySelector("form") ?? null)} className="flex flex-col gap-4">
      <p className="-mt-5 mb-2 text-text-2 text-pretty">
        {knownEmail ? t("verify.lead", { email: knownEmail }) : t("verify.leadUnknown")}
      </p>
      <Form form={form} onSubmit={submit} className="flex flex-col gap-4">
        <FormError />
        {!knownEmail && (
          <TextField
            label={t("email")}
            type="email"
            autoComplete="username"
            controlSize="lg"
            error={words.field("email", errors.email?.message)}
            {...form.register("email")}
          />
        )}
        <TextField
          label={t("code")}
          inputMode="numeric"
          autoComplete="one-time-code"
          controlSize="lg"
          className="[&_input]:text-center [&_input]:font-mono [&_input]:text-lg [&_input]:tracking-[0.4em]"
          error={words.field("code", errors.code?.message)}
          {...code}
        />
        <SubmitButton size="lg">{t("verify.action")}</SubmitButton>
      </Form>
      <ResendCode email={() => form.getValues("email")} />
      <p className="text-sm text-muted">{t("verify.kept")}</p>
    </div>
  );
}
