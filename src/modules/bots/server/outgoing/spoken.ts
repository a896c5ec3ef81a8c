import type { StoredAttachment } from "@/db/schema/dialogs";
import type { StoredButtons, StoredOutgoingFile } from "@/db/schema/outbox";
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

/** By Telegram's count, which is of what is shown. */
const MAX_CAPTION_CHARS = 1_024;

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
  if (!spoken || spoken.isRemoved) return;
  const { botId, dialogId, visitorKey } = spoken;
  if (botId === null) return failUnserved(ctx, messageId);
  if (!spoken.hasParts) await queueParts(ctx, { dialogId, messageId, botId, parts: partsOf(spoken) });
  await deliverNow(job, { workspaceId: ctx.workspaceId, dialogId, botId, visitorKey });
}

/** What a stored message is told as now, part by part; nothing once it is gone. */
export async function wordedParts(ctx: WorkspaceCtx, messageId: string): Promise<NewPart[]> {
  const spoken = await findSpoken(ctx.db, ctx.workspaceId, messageId);
  return spoken ? partsOf(spoken) : [];
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
    const speaker = isOwnersChat ? "" : t("operatorName", { name: spoken.speaker || t("operatorNameless") });
    const file = fileOf(spoken.attachment);
    return file ? withFile(file, spoken.text, speaker) : formatWords(spoken.text, speaker);
  }
  const parts = formatWords(spoken.text);
  if (spoken.handoffStatus !== "requested") return parts;
  const buttons: StoredButtons = [[{ text: t("button.continue"), data: `continue:${spoken.dialogId}` }]];
  return withButtons(parts, buttons);
}

// Words that are too long for a caption follow the file as messages of their own.
function withFile(file: StoredOutgoingFile, text: string, speaker: string): NewPart[] {
  const [caption, ...rest] = formatWords(text, speaker);
  if (!caption) return [{ html: "", plain: "", file }];
  if (rest.length === 0 && caption.plain.length <= MAX_CAPTION_CHARS) return [{ ...caption, file }];
  const [name = { html: "", plain: "" }] = formatWords("", speaker);
  return [{ ...name, file }, ...formatWords(text)];
}

function fileOf(attachment: StoredAttachment | null): StoredOutgoingFile | null {
  const { kind, storageKey, name, mimeType } = attachment ?? {};
  if (storageKey === undefined || (kind !== "photo" && kind !== "document")) return null;
  return { kind, storageKey, name: name ?? "file", mimeType: mimeType ?? "application/octet-stream" };
}

/** Buttons stand under the last part, where reading ends. */
export function withButtons(parts: readonly NewPart[], buttons: StoredButtons): NewPart[] {
  return parts.map((part, index) => (index === parts.length - 1 ? { ...part, buttons } : part));
}
