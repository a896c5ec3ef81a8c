import type { StoredButtons } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";
import { formatAnswer, formatWords } from "@/modules/bots/formatting/telegram-html";
import { addressOf } from "@/modules/bots/rules";
import { visitorText } from "@/modules/bots/server/visitor-text";
import { spokenLocale } from "@/modules/dialogs/server/spoken-locale";
import type { WorkspaceCtx } from "@/server/context";
import type { JobCtx } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { failWaitingOfMessage, type NewPart } from "./repository";
import { deliverNow, queueParts } from "./service";
import { findSpoken, markUndeliverable } from "./spoken-repository";

type Spoken = NonNullable<Awaited<ReturnType<typeof findSpoken>>>;

/**
 * Sends a message that was stored by somebody else than the bot: an operator's reply, a notice of the system, or one that a
 * person has sent again. A repeat finds the parts in the outbox. Without a bot to carry it the message is marked as failed.
 */
export async function sendSpoken(
  job: JobCtx,
  { workspaceId, messageId }: { workspaceId: string; messageId: string },
): Promise<void> {
  // The payload was written inside its own tenant.
  const ctx: WorkspaceCtx = { ...job, workspaceId: workspaceId as WorkspaceId };
  const spoken = await findSpoken(ctx.db, ctx.workspaceId, messageId);
  if (!spoken) return;
  const { botId, dialogId, visitorKey } = spoken;
  if (botId === null) return failUnserved(ctx, messageId);
  if (!spoken.hasParts) await queueParts(ctx, { dialogId, messageId, botId, parts: partsOf(spoken) });
  await deliverNow(job, { workspaceId: ctx.workspaceId, dialogId, botId, visitorKey });
}

async function failUnserved(ctx: WorkspaceCtx, messageId: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    if (!(await markUndeliverable(ctx.db, ctx.workspaceId, messageId))) return;
    // Parts that were queued for another try must not leave days later behind a message that is shown as failed.
    await failWaitingOfMessage(ctx.db, ctx.workspaceId, messageId, ctx.now());
    await publish(ctx, { type: "delivery.changed", ids: { messageId } });
  });
}

function partsOf(spoken: Spoken): NewPart[] {
  const t = visitorText(spokenLocale(spoken.language, spoken.lastQuestion, spoken.visitorLocale));
  if (spoken.author === "assistant") return formatAnswer(spoken.text, spoken.citations, t("sources"));
  if (spoken.author === "operator") {
    // In a chat that the bot holds in its owner's name nobody else introduces himself.
    const isOwnersChat = (addressOf(spoken.visitorKey)?.ownerId ?? null) !== null;
    return formatWords(
      spoken.text,
      isOwnersChat ? "" : t("operatorName", { name: spoken.speaker || t("operatorNameless") }),
    );
  }
  const parts = formatWords(spoken.text);
  if (spoken.handoffStatus !== "requested") return parts;
  const buttons: StoredButtons = [[{ text: t("button.continue"), data: `continue:${spoken.dialogId}` }]];
  return withButtons(parts, buttons);
}

/** Buttons stand under the last part, where reading ends. */
export function withButtons(parts: readonly NewPart[], buttons: StoredButtons): NewPart[] {
  return parts.map((part, index) => (index === parts.length - 1 ? { ...part, buttons } : part));
}
