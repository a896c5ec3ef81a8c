"use client";

import { useTranslations } from "next-intl";
import { toast } from "@/components/ui/toast";
import { refusalOf, useErrorText } from "@/components/use-error-text";
import { trpc } from "@/trpc/client";

/** Reads a failed document again and asks for the list anew. */
export function useRetryDocument() {
  const t = useTranslations("knowledge");
  const errorText = useErrorText();
  const { knowledge } = trpc.useUtils();
  return trpc.knowledge.retryDocument.useMutation({
    onSuccess: () => knowledge.documents.invalidate(),
    onError: (error) =>
      toast.error(refusalOf(error)?.code === "INSUFFICIENT_FUNDS" ? errorText(error) : t("toast.retryFailed")),
  });
}
