import { TurnAbort } from "@/modules/chat/server/abort";
import type { WorkspaceCtx } from "@/server/context";
import { hearWorkspace } from "@/server/realtime/listener";
import { findStanding } from "./repository";

export type Watch = {
  /** Aborts once the running answer must not leave, or was stopped by its reader. */
  signal: AbortSignal;
  /** From now on an epoch above this one means that the dialog moved on. */
  expect: (epoch: number, messageId: string) => void;
  stop: () => void;
};

/**
 * Watches a dialog while it is answered, whichever process changes it: a newer or edited message, a takeover, its end, a
 * silenced bot or the visitor's stop end the generation at once instead of when it is finished.
 */
export async function watchDialog(ctx: WorkspaceCtx, dialogId: string, botId: string): Promise<Watch> {
  const controller = new AbortController();
  let expected: { epoch: number; messageId: string } | undefined;
  // What happens to the dialog before the turn has begun is seen by the turn itself, which does not look at the bot.
  let isBotChanged = false;
  const look = async () => {
    if (!expected || controller.signal.aborted) return;
    const standing = await findStanding(ctx.db, ctx.workspaceId, dialogId);
    if (!standing?.isOpen || standing.epoch !== expected.epoch) controller.abort(new TurnAbort("superseded"));
  };
  // A look that fails costs nothing: the fence of the turn decides in the end.
  const lookSafely = () => void look().catch(() => undefined);
  const leave = await hearWorkspace(ctx.workspaceId, {
    onEvent: ({ type, ids }) => {
      const isOurs = ids.dialogId === dialogId || (type === "bot.changed" && ids.botId === botId);
      if (!isOurs || (ids.messageId !== undefined && ids.messageId === expected?.messageId && type === "message.new"))
        return;
      isBotChanged ||= type === "bot.changed";
      if (type === "turn.stopped") controller.abort(new TurnAbort("stopped"));
      else lookSafely();
    },
    onGap: lookSafely,
  });
  return {
    signal: controller.signal,
    expect: (epoch, messageId) => {
      expected = { epoch, messageId };
      if (isBotChanged) lookSafely();
    },
    stop: leave,
  };
}
