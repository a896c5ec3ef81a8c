import type { AssistantLanguage } from "@/db/enums";
import { formatAnswer } from "@/modules/bots/formatting/telegram-html";
import { clientIdOf } from "@/modules/bots/rules";
import { visitorText } from "@/modules/bots/server/visitor-text";
import { spokenLocale } from "@/modules/chat/server/notices";
import { startTurn } from "@/modules/chat/server/turn";
import type { WorkspaceCtx } from "@/server/context";
import type { JobCtx } from "@/server/jobs/define";
import { inTransaction } from "@/server/transaction";
import { storeMessage } from "./conversation/service";
import type { NewMessage } from "./conversation/repository";
import { queueParts } from "./outgoing/service";

// A provider that fails twice in a row will not recover while the visitor waits.
const TURN_ATTEMPTS = 2;

export type Question = {
  dialogId: string;
  messageId: string;
  botId: string;
  updateId: number;
  text: string;
  language: AssistantLanguage;
  languageCode: string | null;
};

/**
 * Has a stored message answered; the answer enters the outbox in the transaction that settles it. Throws when the turn was cut
 * short or failed and may be tried again, so that the update stays open.
 */
export async function answerQuestion(ctx: WorkspaceCtx, job: JobCtx, question: Question): Promise<void> {
  const { dialogId, messageId, botId } = question;
  const mayRetry = job.attempt < TURN_ATTEMPTS && !job.isLastAttempt;
  const outcome = await startTurn(
    ctx,
    { dialogId, messageId },
    {
      signal: job.signal,
      mayRetry,
      // The lane of the chat runs one job at a time, so a running generation was left by a process that died.
      isOnlyServer: true,
      onSettle: (ctx, leaving) => {
        const sources = leaving.isNotice ? [] : leaving.citations;
        return queueParts(ctx, {
          dialogId,
          messageId: leaving.messageId,
          botId,
          parts: formatAnswer(leaving.text, sources, sourcesLabel(question)),
        });
      },
    },
  );
  if (outcome.ok) return;
  job.note({ turn: outcome.reason });
  if (job.signal.aborted) throw new Error("The turn was cut short.");
  if (outcome.reason === "failed") {
    if (mayRetry) throw new Error("The turn failed.");
    return;
  }
  if (outcome.notice === null) return;
  await queueOwnMessage(ctx, {
    dialogId,
    botId,
    author: "system",
    clientId: `${clientIdOf(question.updateId)}:notice`,
    text: outcome.notice,
  });
}

/** Stores a sentence of the bot and puts it into the outbox, once per client id. */
export async function queueOwnMessage(
  ctx: WorkspaceCtx,
  { botId, ...message }: NewMessage & { botId: string },
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const { id, isNew } = await storeMessage(ctx, { ...message, delivery: "queued" });
    if (isNew)
      await queueParts(ctx, { dialogId: message.dialogId, messageId: id, botId, parts: formatAnswer(message.text) });
  });
}

function sourcesLabel({ language, text, languageCode }: Question): string {
  return visitorText(spokenLocale(language, text, languageCode))("sources");
}
