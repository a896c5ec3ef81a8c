import type { AssistantLanguage } from "@/db/enums";
import type { StoredButtons } from "@/db/schema/outbox";
import { formatAnswer } from "@/modules/bots/formatting/telegram-html";
import { addressOf, clientIdOf, thumbButtons } from "@/modules/bots/rules";
import { visitorText } from "@/modules/bots/server/visitor-text";
import type { FirstPart } from "@/modules/chat/server/outbox-repository";
import { startTurn } from "@/modules/chat/server/turn";
import { spokenLocale } from "@/modules/dialogs/server/spoken-locale";
import { limitOf } from "@/modules/system/server/settings";
import type { WorkspaceCtx } from "@/server/context";
import type { JobCtx } from "@/server/jobs/define";
import { inTransaction } from "@/server/transaction";
import { storeMessage } from "./conversation/service";
import type { NewMessage } from "./conversation/messages-repository";
import { Drafts } from "./drafts";
import type { NewPart, Route } from "./outgoing/repository";
import {
  deliverNow,
  giveSlotBack,
  LEASE_MS,
  queueParts,
  requestDelivery,
  takeSlot,
  type TakenPart,
} from "./outgoing/service";
import { withButtons } from "./outgoing/spoken";
import type { BotRow } from "./repository";
import { startTyping } from "./typing";

// A provider that fails twice in a row will not recover while the visitor waits.
const TURN_ATTEMPTS = 2;

export type Question = {
  dialogId: string;
  messageId: string;
  bot: BotRow;
  visitorKey: string;
  /** Set where the bot speaks for its owner; drafts exist only in its own chats. */
  businessConnectionId?: string | null;
  updateId: number;
  text: string;
  language: AssistantLanguage;
  asksForThumbs: boolean;
  languageCode: string | null;
  /** Hears at which epoch the turn has begun; one that was left by a dead process raised it before. */
  onBegin?: (begun: { epoch: number }) => void;
  /** Hears that the answer is written and will be settled: nothing has to be watched for any more. */
  onLeaving?: () => void;
};

/**
 * Has a stored message answered and sends the answer: it enters the outbox in the statement that settles it, which also takes
 * its first part for this job to send, and a repeat after a crash finds it and delivers what is left. Typing is shown until the first part leaves,
 * and in private chats the answer as it is written. Throws when the turn was cut short or failed and may be tried again.
 */
export async function answerQuestion(ctx: WorkspaceCtx, job: JobCtx, question: Question): Promise<void> {
  const { dialogId, bot, visitorKey, businessConnectionId = null } = question;
  const address = addressOf(visitorKey);
  const typing = address ? startTyping(bot, { ...address, businessConnectionId }) : undefined;
  const route = { workspaceId: ctx.workspaceId, dialogId, botId: bot.id, visitorKey };
  try {
    const taken = await holdTurn(ctx, job, { question, route });
    typing?.stop();
    await deliverNow(job, route, taken);
  } finally {
    typing?.stop();
  }
}

/** Makes the answer. Resolves to its first part when that is this job's to send. */
async function holdTurn(
  ctx: WorkspaceCtx,
  job: JobCtx,
  { question, route }: { question: Question; route: Route },
): Promise<TakenPart | undefined> {
  const { dialogId, messageId, bot } = question;
  let hasSlot = false;
  let parts: NewPart[] = [];
  let taken: TakenPart | undefined;
  const mayRetry = job.attempt < TURN_ATTEMPTS && !job.isLastAttempt;
  const drafts = await draftsOf(ctx, question);
  const outcome = await startTurn(
    ctx,
    { dialogId, messageId },
    {
      signal: job.signal,
      mayRetry,
      // The lane of the chat runs one job at a time, so a running generation was left by a process that died.
      isOnlyServer: true,
      onBegin: question.onBegin,
      onPart: (part) => part.type === "text" && drafts?.hear(part.text),
      leaveAs: ({ text, citations, isNotice }) => {
        // From here on the database alone decides whether the answer leaves.
        question.onLeaving?.();
        const formatted = formatAnswer(text, isNotice ? [] : citations, sourcesLabel(question));
        if (isNotice) return { botId: bot.id, parts: formatted };
        parts = withThumbs(formatted, question);
        hasSlot = takeSlot(route);
        return { botId: bot.id, parts, leaseMs: hasSlot ? LEASE_MS : undefined };
      },
      onLeft: (left) => {
        taken = toTaken(bot.id, left, parts[0]);
      },
    },
  ).finally(() => {
    if (hasSlot && !taken) giveSlotBack(route);
    return drafts?.end();
  });
  if (outcome.ok) return taken;
  job.note({ turn: outcome.reason });
  if (job.signal.aborted) throw new Error("The turn was cut short.");
  if (outcome.reason === "failed") {
    if (mayRetry) throw new Error("The turn failed.");
    return undefined;
  }
  if (outcome.notice === null) return undefined;
  const clientId = `${clientIdOf(question.updateId)}:notice`;
  await storeOwnMessage(ctx, { dialogId, botId: bot.id, author: "system", clientId, text: outcome.notice });
  return undefined;
}

function toTaken(botId: string, { id, messageId, ...sender }: FirstPart, part: NewPart | undefined): TakenPart {
  if (!part) throw new Error("An answer without parts has no first one.");
  const { html, plain, buttons = null } = part;
  return { botId, ...sender, part: { id, messageId, part: 0, html, plain, buttons, file: null } };
}

/** Only where the bot speaks for itself to one person: nobody is asked in a group or in the name of an account's owner. */
function withThumbs(parts: NewPart[], { asksForThumbs, visitorKey, messageId }: Question): NewPart[] {
  const address = addressOf(visitorKey);
  if (!asksForThumbs || !address || address.chatId < 0 || address.ownerId !== null) return parts;
  return withButtons(parts, thumbButtons(messageId));
}

async function draftsOf(ctx: WorkspaceCtx, { bot, visitorKey, updateId }: Question): Promise<Drafts | undefined> {
  const address = addressOf(visitorKey);
  if (!address || address.chatId < 0 || address.ownerId !== null) return undefined;
  const everyMs = await limitOf(ctx.db, "telegramDraftEveryMs");
  // Telegram takes any number but zero.
  return everyMs === 0 ? undefined : new Drafts(bot, address, updateId || 1, everyMs);
}

type BotMessage = NewMessage & { botId: string; buttons?: StoredButtons };

/** Stores a sentence of the bot and has it sent by a job, once per client id. */
export async function queueOwnMessage(ctx: WorkspaceCtx, message: BotMessage): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    if (await storeOwnMessage(ctx, message)) await requestDelivery(ctx, message.dialogId);
  });
}

async function storeOwnMessage(ctx: WorkspaceCtx, { botId, buttons, ...message }: BotMessage): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const { id, isNew } = await storeMessage(ctx, { ...message, delivery: "queued" });
    const { dialogId } = message;
    const parts = formatAnswer(message.text);
    if (isNew)
      await queueParts(ctx, { dialogId, messageId: id, botId, parts: buttons ? withButtons(parts, buttons) : parts });
    return isNew;
  });
}

function sourcesLabel({ language, text, languageCode }: Question): string {
  return visitorText(spokenLocale(language, text, languageCode))("sources");
}
