import type { BotStatus } from "@/db/enums";
import type { BotFault } from "@/modules/bots/doctor/contract";
import { queueEmail } from "@/modules/email/server/service";
import type { WorkspaceCtx } from "@/server/context";
import { env } from "@/server/env";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { listOwners, updateStatus } from "./status-repository";

const STATUS_OF: Record<BotFault, BotStatus> = {
  "token-revoked": "invalid_token",
  "taken-over": "error",
  "webhook-failing": "error",
  "queue-growing": "error",
  "telegram-silent": "offline",
};

/** The bot works. Writes and announces only a change. */
export async function reportOnline(ctx: WorkspaceCtx, botId: string): Promise<void> {
  await changeStatus(ctx, botId, "online", null);
}

/** The bot does not work, and why. Owners get one letter when its token stops being accepted, or somebody takes it over. */
export async function reportFault(ctx: WorkspaceCtx, botId: string, fault: BotFault): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const isNew = await changeStatus(ctx, botId, STATUS_OF[fault], fault);
    if (isNew && (fault === "token-revoked" || fault === "taken-over")) await tellOwners(ctx, botId, fault);
  });
}

async function changeStatus(
  ctx: WorkspaceCtx,
  botId: string,
  status: BotStatus,
  fault: BotFault | null,
): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const isChanged = await updateStatus(ctx.db, ctx.workspaceId, botId, status, fault);
    if (isChanged) await publish(ctx, { type: "bot.changed", ids: { botId } });
    return isChanged;
  });
}

async function tellOwners(ctx: WorkspaceCtx, botId: string, fault: "token-revoked" | "taken-over"): Promise<void> {
  const kind = fault === "token-revoked" ? "bot-token-invalid" : "bot-taken-over";
  // A token that is replaced and revoked again is news again; of a fight over one bot a letter a day is enough.
  const today = ctx.now().toISOString().slice(0, 10);
  for (const owner of await listOwners(ctx.db, ctx.workspaceId, botId)) {
    const { email, locale, botName, assistantName } = owner;
    const occasion = fault === "token-revoked" ? owner.tokenLast4 : today;
    await queueEmail(ctx, {
      kind,
      to: email,
      locale,
      payload: {
        botName: `@${botName}`,
        assistantName,
        url: `${env().appUrl}/w/${owner.workspaceSlug}/assistants/${owner.assistantId}/channels`,
      },
      dedupeKey: `${kind}:${botId}:${occasion}:${owner.userId}`,
      workspaceId: ctx.workspaceId,
    });
  }
}
