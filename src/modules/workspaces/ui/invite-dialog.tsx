"use client";

import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { contractResolver } from "@/components/contract-resolver";
import { applyServerErrors, Form, FormError, SubmitButton } from "@/components/form";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { SelectField } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
import { toast } from "@/components/ui/toast";
import { MEMBER_ROLES } from "@/db/enums";
import { trpc } from "@/trpc/client";
import type { InviteInput } from "../contract";
import { mayGrantRole } from "../policy";
import type { Viewer } from "./team";
import { useTeamWords } from "./use-team-words";

type InviteDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; viewer: Viewer };

export function InviteDialog({ open, onOpenChange, viewer }: InviteDialogProps) {
  const { t } = useTeamWords();
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="sm" title={t("inviteTitle", { workspace: viewer.workspaceName })}>
        <InviteForm viewer={viewer} onSent={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function InviteForm({ viewer, onSent }: { viewer: Viewer; onSent: () => void }) {
  const { t, failure } = useTeamWords();
  const role = useTranslations("workspaces.role");
  const hint = useTranslations("workspaces.roleHint");
  const utils = trpc.useUtils();
  const invite = trpc.workspaces.invite.useMutation();
  const form = useForm({
    resolver: contractResolver(async () => (await import("../contract")).inviteInput),
    defaultValues: { email: "", role: "operator" as const },
  });
  const submit = async (input: InviteInput) => {
    try {
      await invite.mutateAsync(input);
      toast.success(t("sent", { email: input.email }));
      await utils.workspaces.invitations.invalidate();
      onSent();
    } catch (error) {
      applyServerErrors(error, form, { translate: () => t("emailError"), fallback: failure(error) });
    }
  };
  const options = MEMBER_ROLES.filter((option) => mayGrantRole(viewer.role, option))
    .reverse()
    .map((option) => ({ value: option, label: `${role(option)}: ${hint(option)}` }));
  return (
    <Form form={form} onSubmit={submit} className="flex flex-col gap-4">
      <FormError />
      <TextField
        label={t("email")}
        type="email"
        autoComplete="off"
        error={form.formState.errors.email && t("emailError")}
        {...form.register("email")}
      />
      <SelectField label={t("role")} options={options} {...form.register("role")} />
      <SubmitButton className="self-end">{t("send")}</SubmitButton>
    </Form>
  );
}
