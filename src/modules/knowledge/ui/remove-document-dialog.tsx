"use client";

import { useTranslations } from "next-intl";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { trpc } from "@/trpc/client";
import type { DocumentItem } from "../contract";
import { isWorking } from "../rules";

/** Asks before a document and everything found through it is gone. */
export function RemoveDocumentDialog({ document, onClose }: { document: DocumentItem; onClose: () => void }) {
  const t = useTranslations("knowledge");
  const { knowledge } = trpc.useUtils();
  const remove = trpc.knowledge.removeDocument.useMutation({
    onSuccess: async () => {
      await knowledge.documents.invalidate();
      onClose();
      toast.success(t("toast.removed"));
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => {
        if (isOpen) return;
        remove.reset();
        onClose();
      }}
      title={t("remove.title", { name: document.name })}
      consequences={
        isWorking(document)
          ? [t("remove.stops")]
          : [t("remove.passages", { count: document.chunkCount }), t("remove.file")]
      }
      action={t("menu.remove")}
      busy={remove.isPending}
      error={remove.isError ? t("toast.removeFailed") : undefined}
      onConfirm={() => remove.mutate({ id: document.id })}
    />
  );
}
