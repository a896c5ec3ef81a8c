"use client";

import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/ui/error-state";
import { IconButton } from "@/components/ui/icon-button";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useIsInBrowser } from "@/components/use-is-in-browser";
import { trpc } from "@/trpc/client";
import { toChatMessages } from "./messages";
import { PlaygroundChat } from "./playground-chat";
import { type PlaygroundMemory, usePlaygroundMemory } from "./use-playground-memory";

export type PlaygroundAssistant = { id: string; name: string; greeting: string; starters: string[]; isActive: boolean };

// A page of the playground; what is older stays in the dialog's own page.
const SHOWN_MESSAGES = 50;

/** Try the assistant as a customer would: the same turn, the same sources. */
export function Playground({ assistant }: { assistant: PlaygroundAssistant }) {
  // The dialog's id lives in this browser, so the first paint of the server knows nothing of it.
  const isInBrowser = useIsInBrowser();
  if (!isInBrowser) return <PlaygroundFrame />;
  return <RememberedPlayground key={assistant.id} assistant={assistant} />;
}

function RememberedPlayground({ assistant }: { assistant: PlaygroundAssistant }) {
  const memory = usePlaygroundMemory(assistant.id);
  return (
    <PlaygroundFrame onReset={memory.reset}>
      {memory.dialogId === undefined ? (
        <PlaygroundChat key={memory.session} assistant={assistant} memory={memory} initialMessages={[]} />
      ) : (
        <StoredPlayground key={memory.session} assistant={assistant} memory={memory} dialogId={memory.dialogId} />
      )}
    </PlaygroundFrame>
  );
}

type StoredPlaygroundProps = { assistant: PlaygroundAssistant; memory: PlaygroundMemory; dialogId: string };

function StoredPlayground({ assistant, memory, dialogId }: StoredPlaygroundProps) {
  const common = useTranslations("common.state");
  const stored = trpc.dialogs.messages.useQuery(
    { dialogId, limit: SHOWN_MESSAGES },
    { staleTime: Infinity, refetchOnMount: "always" },
  );
  const dialog = trpc.dialogs.get.useQuery({ id: dialogId });
  if (stored.isPending || (stored.fetchStatus === "fetching" && !stored.isFetchedAfterMount) || dialog.isPending) {
    return (
      <div className="flex-1 p-4">
        <SkeletonRows rows={4} label={common("loading")} />
      </div>
    );
  }
  const isGone =
    stored.error?.data?.code === "NOT_FOUND" ||
    dialog.error?.data?.code === "NOT_FOUND" ||
    dialog.data?.status === "ended";
  if (isGone)
    return <PlaygroundChat assistant={assistant} memory={{ ...memory, dialogId: undefined }} initialMessages={[]} />;
  if (stored.isError) {
    return (
      <ErrorState
        onRetry={() => void stored.refetch()}
        isRetrying={stored.isRefetching}
        requestId={stored.error.data?.requestId}
      />
    );
  }
  return (
    <PlaygroundChat
      assistant={assistant}
      memory={memory}
      initialMessages={toChatMessages(stored.data.items, dialogId)}
    />
  );
}

function PlaygroundFrame({ onReset, children }: { onReset?: () => void; children?: React.ReactNode }) {
  const t = useTranslations("chat.playground");
  return (
    <section aria-label={t("title")} className="flex h-full min-h-0 flex-col">
      <header className="flex h-12 shrink-0 items-center justify-between border-b pr-2 pl-4">
        <h2 className="text-base font-semibold">{t("title")}</h2>
        {onReset && (
          <IconButton label={t("reset")} onClick={onReset}>
            <RotateCcw aria-hidden />
          </IconButton>
        )}
      </header>
      {children}
    </section>
  );
}
