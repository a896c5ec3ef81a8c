"use client";

import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { trpc } from "@/trpc/client";
import { toChatMessages } from "./messages";
import { PlaygroundChat } from "./playground-chat";
import { type PlaygroundAssistant, PlaygroundFrame } from "./playground-frame";
import { type PlaygroundMemory, usePlaygroundMemory } from "./use-playground-memory";

// A page of the playground; what is older stays in the dialog's own page.
const SHOWN_MESSAGES = 50;

/** Try the assistant as a customer would: the same turn, the same sources. */
export function Playground({ assistant }: { assistant: PlaygroundAssistant }) {
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
