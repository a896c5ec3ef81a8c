"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { contractResolver } from "@/components/contract-resolver";
import { applyServerErrors, Form, FormError, SubmitButton } from "@/components/form";
import { SectionCard } from "@/components/ui/card";
import { CopyField } from "@/components/ui/copy-field";
import { SelectField } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/use-error-text";
import { trpc } from "@/trpc/client";
import type { WorkspaceDetails, WorkspaceSettingsInput } from "../contract";

type SettingsFormProps = { workspace: WorkspaceDetails; address: string; timeZones: readonly string[] };

export function SettingsForm({ workspace, address, timeZones }: SettingsFormProps) {
  const t = useTranslations("workspaces.settings");
  const errorText = useErrorText();
  const router = useRouter();
  const rename = trpc.workspaces.rename.useMutation();
  const setTimeZone = trpc.workspaces.setTimeZone.useMutation();
  const form = useForm({
    resolver: contractResolver(async () => (await import("../contract")).workspaceSettingsInput),
    values: { name: workspace.name, timeZone: workspace.timeZone },
    mode: "onTouched",
  });
  const submit = async ({ name, timeZone }: WorkspaceSettingsInput) => {
    try {
      if (name !== workspace.name) await rename.mutateAsync({ name });
      if (timeZone !== workspace.timeZone) await setTimeZone.mutateAsync({ timeZone });
      toast.success(t("saved"));
      router.refresh();
    } catch (error) {
      applyServerErrors(error, form, { translate: () => t("nameError"), fallback: errorText(error) });
    }
  };
  const zones = [...new Set([workspace.timeZone, ...timeZones])];
  return (
    <Form form={form} onSubmit={submit}>
      <SectionCard title={t("general")} footer={<SubmitButton>{t("save")}</SubmitButton>}>
        <div className="flex flex-col gap-4">
          <FormError />
          <TextField
            label={t("name")}
            autoComplete="organization"
            error={form.formState.errors.name && t("nameError")}
            {...form.register("name")}
          />
          <CopyField label={t("address")} value={address} />
          <SelectField
            label={t("timeZone")}
            help={t("timeZoneHint")}
            options={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
            {...form.register("timeZone")}
          />
        </div>
      </SectionCard>
    </Form>
  );
}
