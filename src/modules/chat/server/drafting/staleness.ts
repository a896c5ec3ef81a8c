import type { MemberCtx } from "@/server/context";
import { hearWorkspace } from "@/server/realtime/listener";
import { isReply } from "./repository";

/** Ends what is being written for a visitor as soon as somebody replies, in whichever process. */
export async function hearReplies(ctx: MemberCtx, dialogId: string) {
  const controller = new AbortController();
  const look = async (messageId: string) => {
    if (await isReply(ctx.db, ctx.workspaceId, messageId)) controller.abort(new Error("Somebody replied."));
  };
  const stopHearing = await hearWorkspace(ctx.workspaceId, {
    onEvent: ({ type, ids }) => {
      const { messageId } = ids;
      if (type !== "message.new" || ids.dialogId !== dialogId || messageId === undefined) return;
      look(messageId).catch((error: unknown) => ctx.log.warn({ event: "draft-unwatched", error }));
    },
    onGap: () => undefined,
  });
  return { signal: controller.signal, stopHearing };
}
