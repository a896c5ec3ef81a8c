"use client";

import { useLocale } from "next-intl";
import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { contractResolver } from "@/components/contract-resolver";
import { applyServerErrors, Form, FormError, SubmitButton } from "@/components/form";
import { Button } from "@/components/ui/button";
import { PasswordField } from "@/components/ui/password-field";
import { TextField } from "@/components/ui/text-field";
import { toLocale } from "@/lib/locales";
import type { RegisterInvitedInput } from "../contract";
import { authClient } from "./auth-client";
import { PasswordRules } from "./password-rules";
import { signOut } from "./session-door";
import { useAuthWords } from "./use-auth-words";

/** For the person whom the invitation is for, signed in. */
export function AcceptInvite({ token }: { token: string }) {
  const words = useAuthWords();
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const accept = async () => {
    setIsBusy(true);
    try {
      const { slug } = await authClient.workspaces.acceptInvite.mutate({ token });
      window.location.assign(`/w/${slug}`);
    } catch (error) {
      setFailure(words.failure(error));
      setIsBusy(false);
    }
  };
  return (
    <div className="flex flex-col gap-4">
      {failure && (
        <p role="alert" className="text-danger-text">
          {failure}
        </p>
      )}
      <Button variant="solid" size="lg" busy={isBusy} onClick={() => void accept()}>
        {words.t("invite.accept")}
      </Button>
    </div>
  );
}

/** For somebody who is signed in with another address. */
export function SwitchAccount({ token }: { token: string }) {
  const { t } = useAuthWords();
  return (
    <Button variant="solid" size="lg" className="w-full" onClick={() => void signOut(`/invite/${token}`)}>
      {t("invite.switch")}
    </Button>
  );
}

/** For a person without an account: the link proves the address, so a name and a password are enough. */
export function RegisterInvited({ token, email }: { token: string; email: string }) {
  const words = useAuthWords();
  const { t } = words;
  const locale = toLocale(useLocale());
  const form = useForm({
    resolver: contractResolver(async () => (await import("../contract")).registerInvitedInput),
    defaultValues: { token, name: "", password: "", locale },
    mode: "onTouched",
  });
  const password = useWatch({ control: form.control, name: "password" });
  const { errors } = form.formState;
  const submit = async (input: RegisterInvitedInput) => {
    try {
      const { slug } = await authClient.auth.registerInvited.mutate(input);
      window.location.assign(`/w/${slug}`);
    } catch (error) {
      applyServerErrors(error, form, { fallback: words.failure(error) });
    }
  };
  return (
    <Form form={form} onSubmit={submit} className="flex flex-col gap-4">
      <FormError />
      <TextField label={t("email")} type="email" autoComplete="username" controlSize="lg" value={email} readOnly />
      <TextField
        label={t("name")}
        optional
        autoComplete="given-name"
        controlSize="lg"
        error={words.field("name", errors.name?.message)}
        {...form.register("name")}
      />
      <PasswordField
        label={t("password")}
        autoComplete="new-password"
        controlSize="lg"
        error={words.field("password", errors.password?.message, password)}
        {...form.register("password")}
      />
      <PasswordRules password={password} />
      <SubmitButton size="lg">{t("invite.register")}</SubmitButton>
    </Form>
  );
}
