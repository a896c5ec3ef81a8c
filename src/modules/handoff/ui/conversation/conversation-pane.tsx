"use client";

import { useTranslations } from "next-intl";
import { onDemand } from "@/components/on-demand";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import type { DialogDetail } from "@/modules/dialogs/contract";
import { useDialogWords } from "@/modules/dialogs/ui/use-dialog-words";
import { useCompany } from "@/modules/handoff/ui/company/use-company";
import { ComposerFrame } from "@/modules/handoff/ui/composer/composer-frame";
import { trpc } from "@/trpc/client";
import { ConversationHeader } from "./conversation-header";
import { PaneSkeleton } from "./pane-skeleton";
import { Thread } from "./thread";
import { TypingLine } from "./typing-line";
import { useSeen } from "./use-seen";

const Composer = onDemand(
  async () => ({ default: (await import("@/modules/handoff/ui/composer/composer")).Composer }),
  <ComposerFrame />,
);

export type ConversationPaneProps = {
  dialogId: string;
  /** Back to the list, where the window has room for one pane only. */
  onLeave?: () => void;
};

/** One dialog as the team works in it: who has it, what was said, where to write. Fills the height that it is given. */
export function ConversationPane({ dialogId, onLeave }: ConversationPaneProps) {
  const common = useTranslations("common");
  const dialog = trpc.dialogs.get.useQuery({ id: dialogId });
  useSeen(dialog.data);
  if (dialog.isPending) return <PaneSkeleton />;
  if (dialog.error?.data?.code === "NOT_FOUND") {
    return <EmptyState title={common("notFound.title")} hint={common("notFound.hint")} />;
  }
  // What is on the screen stays there while asking again fails.
  if (dialog.data) return <Conversation key={dialogId} dialog={dialog.data} onLeave={onLeave} />;
  return (
    <ErrorState
      onRetry={() => void dialog.refetch()}
      isRetrying={dialog.isRefetching}
      requestId={dialog.error?.data?.requestId}
    />
  );
}

function Conversation({ dialog, onLeave }: { dialog: DialogDetail; onLeave?: () => void }) {
  const { nameOf } = useDialogWords();
  const { viewers, typing } = useCompany(dialog.id);
  return (
    <section aria-label={nameOf(dialog)} className="flex h-full min-h-0 min-w-0 flex-col bg-surface">
      <ConversationHeader dialog={dialog} viewers={viewers} onLeave={onLeave} />
      <Thread dialog={dialog} />
      <div className="mx-auto w-full max-w-188 shrink-0 px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] max-sm:px-2">
        <TypingLine typing={typing} />
        <Composer dialogId={dialog.id} />
      </div>
    </section>
  );
}
