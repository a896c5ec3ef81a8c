import { HISTORY_PAGE } from "@/modules/handoff/conversation/rules";
import type { serverTrpc } from "@/trpc/server";

type Prefetching = Awaited<ReturnType<typeof serverTrpc>>["trpc"];

/** What a conversation shows first; sent with the page, it is there when the code that draws it is. */
export async function prefetchConversation(trpc: Prefetching, dialogId: string): Promise<void> {
  await Promise.all([
    trpc.dialogs.get.prefetch({ id: dialogId }),
    trpc.dialogs.messages.prefetch({ dialogId, limit: HISTORY_PAGE }),
    trpc.dialogs.notes.prefetch({ dialogId }),
    trpc.dialogs.context.prefetch({ dialogId }),
    trpc.handoff.state.prefetch({ dialogId }),
    trpc.handoff.episodes.prefetch({ dialogId }),
  ]);
}
