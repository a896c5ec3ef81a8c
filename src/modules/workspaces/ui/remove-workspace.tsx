"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useErrorText } from "@/components/use-error-text";
import { trpc } from "@/trpc/client";
import type { WorkspaceDetails } from "../contract";

/** Deletion of the whole workspace: named, with its consequences, confirmed by typing. */
export function RemoveWorkspace({ workspace }: { workspace: Pick<WorkspaceDetails, "name"> }) {
  const t = useTranslations("workspaces.remove");
  const errorText = useErrorText();
  const [isAsking, setIsAsking] = useState(false);
  const remove = trpc.workspaces.remove.useMutation({
    // A full load: everything this tab knows belongs to a workspace that is gone.
    onSuccess: () => window.location.assign("/w"),
  });
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
        title={t("confirm", { name: workspace.name })}
        consequences={[t("losesAccess"), t("stopsBots"), t("losesKnowledge"), t("keepsMoney")]}
        action={t("submit")}
        typedName={workspace.name}
        busy={remove.isPending || remove.isSuccess}
        error={remove.error ? errorText(remove.error) : undefined}
        onConfirm={() => remove.mutate({ name: workspace.name })}
      />
    </SectionCard>
  );
}
