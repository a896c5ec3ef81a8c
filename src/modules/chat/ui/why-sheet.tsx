"use client";

import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { SkeletonRows } from "@/components/ui/skeleton";
import { trpc } from "@/trpc/client";
import { Explained } from "./explained";

/** Why this answer: opens over the page, for the playground and for the transcript. */
export function WhySheet({ messageId, onClose }: { messageId: string | null; onClose: () => void }) {
  const t = useTranslations("chat.why");
  return (
    <Sheet open={messageId !== null} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <SheetContent title={t("title")}>{messageId !== null && <Reasons messageId={messageId} />}</SheetContent>
    </Sheet>
  );
}

function Reasons({ messageId }: { messageId: string }) {
  const t = useTranslations("chat.why");
  const common = useTranslations("common.state");
  const explanation = trpc.chat.explain.useQuery({ messageId }, { staleTime: Infinity });
  if (explanation.isPending) return <SkeletonRows rows={6} label={common("loading")} />;
  if (explanation.error?.data?.code === "NOT_FOUND") return <p className="text-text-2">{t("unknown")}</p>;
  if (explanation.isError) {
    return (
      <ErrorState
        onRetry={() => void explanation.refetch()}
        isRetrying={explanation.isRefetching}
        requestId={explanation.error.data?.requestId}
      />
    );
  }
  return <Explained explanation={explanation.data} />;
}
