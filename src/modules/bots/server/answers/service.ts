import type { WorkspaceId } from "@/lib/brand";
import { answerDue } from "@/modules/bots/events";
import { answerAt, updateIdOf } from "@/modules/bots/rules";
import { deliverNow } from "@/modules/bots/server/outgoing/service";
import { answerQuestion, queueOwnMessage } from "@/modules/bots/server/reply";
import { type BotRow, findBotOfJob } from "@/modules/bots/server/repository";
import { visitorText } from "@/modules/bots/server/visitor-text";
import { spokenLocale } from "@/modules/dialogs/server/spoken-locale";
import { limitOf } from "@/modules/system/server/settings";
import type { WorkspaceCtx } from "@/server/context";
import { enqueue, type JobCtx } from "@/server/jobs/define";
import { findBurst, findWaiting, listUnanswered, type Waiting } from "./repository";
import { hearVoices } from "./voices";
import { type Watch, watchDialog } from "./watch";

/** From a message to its answer, with a full lane before it: what is older was left without an answer for another reason. */
const LONGEST_ANSWER_MS = 10 * 60_000;

/** `now`: the caller answers by itself. `silent`: people speak there. */
export type Plan = "planned" | "now" | "silent";

/**
 * Plans the answer to a message in the transaction that stores it: a job that every further message of the burst moves
 * later, or none when nothing is to be waited for.
 */
export async function planAnswer(
  ctx: WorkspaceCtx,
  dialogId: string,
  message: { isOfAlbum: boolean; isFirst?: boolean },
): Promise<Plan> {
  const quietMs = await limitOf(ctx.db, "burstQuietMs");
  const at = ctx.now();
  if (await isAnsweredAtOnce(ctx, message)) return "now";
  const burst = message.isFirst ? null : await findBurst(ctx.db, ctx.workspaceId, dialogId, at);
  if (burst?.isAnswered === false) return "silent";
  const runAt = answerAt({ at, isOfAlbum: message.isOfAlbum }, { quietMs, burstSince: burst?.since ?? null });
  if (!runAt) return "now";
  await enqueueAnswer(ctx, dialogId, runAt);
  return "planned";
}

/** Plans at once what a bot still owed when it was silenced: answers that waited for the end of a burst or were being written. */
export async function planOwedAnswers(ctx: WorkspaceCtx, botId: string, silencedAt: Date): Promise<void> {
  const since = new Date(silencedAt.getTime() - LONGEST_ANSWER_MS);
  for (const dialogId of await listUnanswered(ctx.db, ctx.workspaceId, botId, since))
    await enqueueAnswer(ctx, dialogId);
}

async function enqueueAnswer(ctx: WorkspaceCtx, dialogId: string, runAt?: Date): Promise<void> {
  const lane = `tg-answer:${dialogId}`;
  await enqueue(ctx, answerDue, { workspaceId: ctx.workspaceId, dialogId }, { lane, key: lane, runAt });
}

/** Whether a message waits for no other one. */
export async function isAnsweredAtOnce(ctx: WorkspaceCtx, { isOfAlbum }: { isOfAlbum: boolean }): Promise<boolean> {
  return !isOfAlbum && (await limitOf(ctx.db, "burstQuietMs")) === 0;
}

/** The job of a planned answer. */
export async function answerPlanned(job: JobCtx, payload: { workspaceId: string; dialogId: string }): Promise<void> {
  // The payload was written inside its own tenant.
  const ctx: WorkspaceCtx = { ...job, workspaceId: payload.workspaceId as WorkspaceId };
  await answerDialog(ctx, job, payload.dialogId);
}

/**
 * Answers all that waits in a dialog in one turn. Nothing waits after an answer, so a repeat only brings away what has not
 * left. Silent while people talk there, and once the dialog ended or its bot was disconnected. Throws when the turn is to be
 * tried again.
 */
export async function answerDialog(ctx: WorkspaceCtx, job: JobCtx, dialogId: string, bot?: BotRow): Promise<void> {
  const waiting = await findWaiting(ctx.db, ctx.workspaceId, dialogId, ctx.now());
  if (!waiting || !isForAssistant(waiting)) return;
  const speaker = bot?.id === waiting.botId ? bot : await findBotOfJob(ctx.db, waiting.botId);
  if (!speaker) return;
  if (waiting.messages.length === 0) {
    const { visitorKey } = waiting;
    const route = { workspaceId: ctx.workspaceId, dialogId, botId: speaker.id, visitorKey };
    return job.attempt > 1 ? deliverNow(job, route) : undefined;
  }
  const watch = await watchDialog(ctx, dialogId, speaker.id);
  const watched = { ...job, signal: AbortSignal.any([job.signal, watch.signal]) };
  try {
    await answerWaiting(ctx, watched, { dialogId, bot: speaker, waiting, watch });
  } catch (error) {
    if (job.signal.aborted || !watch.signal.aborted) throw error;
    // What moved the dialog on has planned its own answer, or wants none.
    job.note({ turn: "overtaken" });
  } finally {
    watch.stop();
  }
}

function isForAssistant({ status, handoffStatus, isPaused }: Waiting): boolean {
  return status === "open" && handoffStatus === "none" && !isPaused;
}

type Answering = { dialogId: string; bot: BotRow; waiting: Waiting; watch: Watch };

async function answerWaiting(ctx: WorkspaceCtx, job: JobCtx, { dialogId, bot, waiting, watch }: Answering) {
  // The newest message stands for the burst, also when it was taken back: the turn reads all since the last answer.
  const newest = waiting.messages.at(-1);
  if (!newest) return;
  const messages = await hearVoices(ctx, job, { bot, dialogId }, waiting.messages);
  if (waiting.messages.some((message) => message.text === "") && !(await isStillOwed(ctx, dialogId))) return;
  const text = messages
    .filter(({ isRemoved }) => !isRemoved)
    .map((message) => message.text)
    .filter((words) => words.trim() !== "")
    .join("\n");
  if (text === "") return noticeUnread(ctx, { dialogId, bot, waiting });
  await answerQuestion(ctx, job, {
    dialogId,
    messageId: newest.id,
    bot,
    visitorKey: waiting.visitorKey,
    businessConnectionId: waiting.businessConnectionId,
    updateId: updateIdOf(newest.clientId),
    text,
    language: waiting.language,
    asksForThumbs: waiting.asksForThumbs,
    languageCode: waiting.visitorLocale,
    onBegin: ({ epoch }) => watch.expect(epoch, newest.id),
    onLeaving: watch.stop,
  });
}

// Hearing takes seconds, in which people may have begun to speak there or have answered.
async function isStillOwed(ctx: WorkspaceCtx, dialogId: string): Promise<boolean> {
  const waiting = await findWaiting(ctx.db, ctx.workspaceId, dialogId, ctx.now());
  return waiting !== undefined && isForAssistant(waiting) && waiting.messages.length > 0;
}

/** Says once per dialog that a thing without words came to the team and not to the assistant. */
async function noticeUnread(
  ctx: WorkspaceCtx,
  { dialogId, bot, waiting }: Pick<Answering, "dialogId" | "bot" | "waiting">,
): Promise<void> {
  const newest = waiting.messages.findLast(({ attachment, isRemoved }) => attachment && !isRemoved);
  // In the name of a person nothing is said that the person would not say.
  if (!newest || waiting.businessConnectionId) return;
  const isVoice = newest.attachment?.kind === "voice" || newest.attachment?.kind === "video_note";
  const t = visitorText(spokenLocale(waiting.language, "", waiting.visitorLocale));
  await queueOwnMessage(ctx, {
    dialogId,
    botId: bot.id,
    author: "system",
    clientId: isVoice ? "tg:notice:voice" : "tg:notice:attachment",
    text: t(isVoice ? "voiceUnread" : "attachmentUnread"),
  });
}
