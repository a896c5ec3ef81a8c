"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useErrorText } from "@/components/use-error-text";
import { trpc } from "@/trpc/client";

/** Deletion of the own account, confirmed by typing its address. */
export function RemoveAccount({ email }: { email: string }) {
  const t = useTranslations("users.remove");
  const errorText = useErrorText();
  const [isAsking, setIsAsking] = useState(false);
  const remove = trpc.auth.removeAccount.useMutation({ onSuccess: () => window.location.assign("/") });
  const sentenceOf = (error: NonNullable<typeof remove.error>) => {
    const { reason, workspaceName } = error.data?.facts ?? {};
    if (reason === "sole-owner") return t("soleOwner", { name: String(workspaceName) });
    return reason === "staff" ? t("staff") : errorText(error);
  };
  return (
    <SectionCard
      title={t("title")}
      description={t("description")}
      action={
        <Button variant="danger-ghost" onClick={() => setIsAsking(true)}>
          {t("open")}
        </Button>
      }
    >
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title={t("confirm")}
        consequences={[t("endsSignIns"), t("losesName"), t("keepsWork")]}
        action={t("submit")}
        typedName={email}
        busy={remove.isPending || remove.isSuccess}
        error={remove.error ? sentenceOf(remove.error) : undefined}
        onConfirm={() => remove.mutate({ email })}
      />
    </SectionCard>
  );
}
