import type { WorkspaceId } from "@/lib/brand";
import type { WorkspaceCtx } from "@/server/context";
import { announce } from "@/server/realtime/publish";

/** Shorter than anybody notices, long enough that a busy workspace numbers many hints at once. */
const GATHER_MS = 50;

const waiting = new Map<WorkspaceId, { ctx: WorkspaceCtx; messageIds: Set<string> }>();
let timer: NodeJS.Timeout | undefined;

/**
 * Tells tabs that the tick of a message changed, together with others of the next moment. Numbering a hint locks the
 * workspace's row, which all its talks share, so a delivery must not do it by itself. A hint that a crash swallows costs
 * nothing: the state is in the message, and the next look shows it.
 */
export function announceTick(ctx: WorkspaceCtx, messageId: string): void {
  const own = waiting.get(ctx.workspaceId) ?? { ctx, messageIds: new Set() };
  waiting.set(ctx.workspaceId, own);
  own.messageIds.add(messageId);
  timer ??= setTimeout(() => void flush(), GATHER_MS);
}

async function flush(): Promise<void> {
  const gathered = [...waiting.values()];
  waiting.clear();
  timer = undefined;
  await Promise.all(
    gathered.map(({ ctx, messageIds }) =>
      announce(ctx, ticksOf(messageIds)).catch((error: unknown) =>
        ctx.log.warn({ event: "ticks-not-announced", error }),
      ),
    ),
  );
}

const ticksOf = (messageIds: ReadonlySet<string>) =>
  [...messageIds].map((messageId) => ({ type: "delivery.changed" as const, ids: { messageId } }));
