"use client";

import { ChevronLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { onDemand } from "@/components/on-demand";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { IconButton } from "@/components/ui/icon-button";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useDialogWords } from "@/modules/dialogs/ui/use-dialog-words";
import { HandoffBanner } from "@/modules/handoff/ui/handoff-banner";
import { trpc } from "@/trpc/client";
import { Thread } from "./thread";

const Composer = onDemand(async () => ({
  default: (await import("@/modules/handoff/ui/composer/composer")).Composer,
}));

type ConversationPaneProps = {
  dialogId: string;
  /** Back to the list, where the window has room for one pane only. */
  onLeave?: () => void;
};

/** One dialog as the team works in it: who has it, what was said, where to write. Fills the height that it is given. */
export function ConversationPane({ dialogId, onLeave }: ConversationPaneProps) {
  const t = useTranslations("dialogs.detail");
  const common = useTranslations("common");
  const { nameOf } = useDialogWords();
  const dialog = trpc.dialogs.get.useQuery({ id: dialogId });
  if (dialog.isPending) return <SkeletonRows rows={6} label={common("state.loading")} />;
  if (dialog.isError) {
    return dialog.error.data?.code === "NOT_FOUND" ? (
      <EmptyState title={common("notFound.title")} hint={common("notFound.hint")} />
    ) : (
      <ErrorState
        onRetry={() => void dialog.refetch()}
        isRetrying={dialog.isRefetching}
        requestId={dialog.error.data?.requestId}
      />
    );
  }
  return (
    <section aria-label={nameOf(dialog.data)} className="flex h-full min-h-0 min-w-0 flex-col">
      <header className="flex min-h-12 items-center gap-2 border-b px-4">
        {onLeave && (
          <IconButton label={t("back")} onClick={onLeave} className="lg:hidden">
            <ChevronLeft aria-hidden />
          </IconButton>
        )}
        <h2 className="min-w-0 truncate text-base font-semibold">{nameOf(dialog.data)}</h2>
      </header>
      <div className="mx-auto w-full max-w-188 px-4 pt-3">
        <HandoffBanner dialog={dialog.data} />
      </div>
      <Thread key={dialogId} dialog={dialog.data} />
      <div className="mx-auto w-full max-w-188 px-4 pb-4">
        <Composer dialogId={dialogId} />
      </div>
    </section>
  );
}
