"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useErrorText } from "@/components/use-error-text";
import type { Assistant } from "@/modules/assistants/contract";
import { trpc } from "@/trpc/client";

/** Deletion for good: named, with its consequences, confirmed by typing. */
export function RemoveAssistant({ assistant, listHref }: { assistant: Assistant; listHref: string }) {
  const t = useTranslations("assistants.remove");
  const router = useRouter();
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const [isAsking, setIsAsking] = useState(false);
  const remove = trpc.assistants.remove.useMutation({
    onSuccess: async () => {
      router.push(listHref);
      await utils.assistants.list.invalidate();
    },
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
        title={t("confirm", { name: assistant.name })}
        consequences={[t("losesKnowledge"), t("stopsChannels"), t("keepsDialogs")]}
        action={t("submit")}
        typedName={assistant.name}
        busy={remove.isPending || remove.isSuccess}
        error={remove.error ? errorText(remove.error) : undefined}
        onConfirm={() => remove.mutate({ id: assistant.id })}
      />
    </SectionCard>
  );
}
