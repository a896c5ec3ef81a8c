"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/use-error-text";
import { trpc } from "@/trpc/client";
import { LetterPreview } from "./letter-preview";

export function LetterDialog({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const t = useTranslations("email.outbox");
  const common = useTranslations("common.state");
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const letter = trpc.admin.mail.get.useQuery({ id: id ?? "" }, { enabled: id !== undefined });
  const resend = trpc.admin.mail.resend.useMutation({
    onSuccess: ({ status }) => (status === "queued" ? toast.success(t("resent")) : toast.info(t("keptNotice"))),
    onError: (error) => toast.error(errorText(error)),
    onSettled: () => utils.admin.mail.invalidate(),
  });
  const send = id && (
    <Button variant="solid" busy={resend.isPending} disabled={!letter.data} onClick={() => resend.mutate({ id })}>
      {t("resend")}
    </Button>
  );
  return (
    <Dialog open={id !== undefined} onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        size="lg"
        title={letter.data?.letter.subject ?? t("preview")}
        description={letter.data?.to}
        footer={send}
      >
        {letter.isPending && <SkeletonRows label={common("loading")} />}
        {letter.isError && <ErrorState cause={errorText(letter.error)} onRetry={() => void letter.refetch()} />}
        {letter.data && (
          <div className="flex flex-col gap-3">
            {!letter.data.hasTransport && (
              <p className="rounded-md bg-info-tint px-3 py-2 text-info-text">{t("keptNotice")}</p>
            )}
            {letter.data.error && (
              <p className="rounded-md bg-danger-tint px-3 py-2 text-danger-text">
                {t("error")}: {letter.data.error}
              </p>
            )}
            <LetterPreview html={letter.data.letter.html} title={t("preview")} />
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
}
