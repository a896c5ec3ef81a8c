"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { contractResolver } from "@/components/contract-resolver";
import { applyServerErrors, Form, FormError, SubmitButton } from "@/components/form";
import { useErrorText } from "@/components/use-error-text";
import { SectionCard } from "@/components/ui/card";
import { SelectField } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
import { toast } from "@/components/ui/toast";
import { LANGUAGE_NAME } from "@/i18n/language-name";
import { LOCALES } from "@/lib/locales";
import { trpc } from "@/trpc/client";
import type { Profile, UpdateProfileInput } from "../contract";

export function ProfileForm({ profile }: { profile: Profile }) {
  const t = useTranslations("users.profile");
  const errorText = useErrorText();
  const router = useRouter();
  const update = trpc.users.update.useMutation();
  const form = useForm({
    resolver: contractResolver(async () => (await import("../contract")).updateProfileInput),
    values: { name: profile.name, locale: profile.locale },
    mode: "onTouched",
  });
  const submit = async (input: UpdateProfileInput) => {
    try {
      await update.mutateAsync(input);
      toast.success(t("saved"));
      router.refresh();
    } catch (error) {
      applyServerErrors(error, form, { translate: () => t("nameError"), fallback: errorText(error) });
    }
  };
  return (
    <Form form={form} onSubmit={submit}>
      <SectionCard title={t("title")} description={t("lead")} footer={<SubmitButton>{t("save")}</SubmitButton>}>
        <div className="flex flex-col gap-4">
          <FormError />
          <TextField
            label={t("name")}
            autoComplete="given-name"
            error={form.formState.errors.name && t("nameError")}
            {...form.register("name")}
          />
          <TextField label={t("email")} type="email" value={profile.email} readOnly />
          <SelectField
            label={t("language")}
            options={LOCALES.map((locale) => ({ value: locale, label: LANGUAGE_NAME[locale] }))}
            {...form.register("locale")}
          />
        </div>
      </SectionCard>
    </Form>
  );
}
