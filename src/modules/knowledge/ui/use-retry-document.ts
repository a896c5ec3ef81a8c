"use client";

import { useTranslations } from "next-intl";
import { toast } from "@/components/ui/toast";
import { trpc } from "@/trpc/client";

/** Reads a failed document again and asks for the list anew. */
export function useRetryDocument() {
  const t = useTranslations("knowledge");
  const { knowledge } = trpc.useUtils();
  return trpc.knowledge.retryDocument.useMutation({
    onSuccess: () => knowledge.documents.invalidate(),
    onError: () => toast.error(t("toast.retryFailed")),
  });
}
