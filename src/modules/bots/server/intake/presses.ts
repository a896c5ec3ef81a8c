import { addressOf, type Press, pressOf, thumbButtons } from "@/modules/bots/rules";
import { isAnswering } from "@/modules/bots/server/answers/repository";
import { findAnswerOfBot, findDialogOfBot, findOpenDialogInChat } from "@/modules/bots/server/conversation/repository";
import { visitorLocale, visitorText } from "@/modules/bots/server/visitor-text";
import type { Incoming } from "@/modules/bots/updates/rules";
import { rateAnswer, rateDialog } from "@/modules/dialogs/server/ratings";
import type { WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { answerPress, rewriteButtons, rewriteMessage } from "./gateway";
import { callAssistant, callPerson } from "./people";
import { type Visit, wordsOfCall } from "./visit";

type Pressed = Extract<Incoming, { kind: "press" }>;
type PressedDialog = NonNullable<Awaited<ReturnType<typeof findDialogOfBot>>> & { answerId?: string };

/**
 * A pressed button. Telegram shows a spinner until it is answered, so every press is: also one of a stranger, of an old
 * message or with data that nobody wrote. Only the person of the dialog changes anything.
 */
export async function takePress(visit: Visit, pressed: Pressed): Promise<void> {
  const word = await actOn(visit, pressed);
  const answered = await answerPress(visit.bot, pressed.queryId, word);
  // A press that is too old is refused; the person has long seen the spinner end.
  if (!answered.ok) visit.job.note({ telegramFault: answered.fault.reason });
}

async function actOn(visit: Visit, pressed: Pressed): Promise<string | undefined> {
  const press = pressOf(pressed.data);
  const dialog = press && (await findPressed(visit, press));
  if (!press || !dialog || addressOf(dialog.visitorKey)?.userId !== pressed.personId) {
    visit.job.note({ press: "foreign-or-stale" });
    return undefined;
  }
  visit.job.note({ press: press.action });
  const t = visitorText(visitorLocale(visit.voice.language, dialog.visitorLocale));
  switch (press.action) {
    case "stop":
      return t((await stopAnswer(visit.ctx, dialog.id)) ? "stopped" : "nothingToStop");
    case "rate":
      await takeRating(visit, pressed, dialog, press);
      return t("rated");
    case "thumb":
      await takeThumb(visit, pressed, dialog, press);
      return t("rated");
    case "operator":
      return wordsOfCall(t, await callPerson(visit.ctx, dialog, `press:${pressed.queryId}`));
    case "continue":
      return t((await callAssistant(visit.ctx, dialog)) ? "assistantHere" : "operator.here");
  }
}

function findPressed({ ctx, bot }: Visit, press: Press): Promise<PressedDialog | null> {
  if (press.action === "thumb") return findAnswerOfBot(ctx.db, ctx.workspaceId, bot.id, press.questionId);
  return findDialogOfBot(ctx.db, ctx.workspaceId, bot.id, press.dialogId);
}

/** Ends the answer that is being written, in whichever process; what is written so far stays. False when none is. */
async function stopAnswer(ctx: WorkspaceCtx, dialogId: string): Promise<boolean> {
  const isRunning = await isAnswering(ctx.db, ctx.workspaceId, dialogId);
  if (isRunning) await publish(ctx, { type: "turn.stopped", ids: { dialogId } });
  return isRunning;
}

async function takeRating(
  { ctx, bot, voice }: Visit,
  { chatId, messageId }: Pressed,
  dialog: PressedDialog,
  { stars }: Extract<Press, { action: "rate" }>,
): Promise<void> {
  await rateDialog(ctx, { dialogId: dialog.id, stars });
  if (chatId === null || messageId === null) return;
  const t = visitorText(visitorLocale(voice.language, dialog.visitorLocale));
  const text = t("ratedWith", { stars: "★".repeat(stars) + "☆".repeat(5 - stars) });
  await rewriteMessage(bot, { chatId, messageId, businessConnectionId: dialog.businessConnectionId }, text);
}

/** The thumb that counts is ticked, so that a changed mind can be seen. */
async function takeThumb(
  { ctx, bot, job }: Visit,
  { chatId, messageId }: Pressed,
  { id: dialogId, visitorKey, businessConnectionId, answerId }: PressedDialog,
  { questionId, thumb }: Extract<Press, { action: "thumb" }>,
): Promise<void> {
  if (!answerId) return;
  await rateAnswer({ ...ctx, actor: { kind: "visitor", visitorKey } }, { messageId: answerId, thumb });
  if (chatId === null || messageId === null) return;
  const at = { chatId, messageId, businessConnectionId };
  const shown = await rewriteButtons(bot, at, thumbButtons(questionId, thumb));
  // The same thumb again changes nothing that Telegram would show.
  if (!shown.ok) job.note({ dialogId, telegramFault: shown.fault.reason });
}

/** The stop button of a draft, which Telegram draws itself. */
export async function takeStop(
  { ctx, bot }: Visit,
  { chatId, threadId }: { chatId: number; threadId: number | null },
): Promise<void> {
  const dialogId = await findOpenDialogInChat(ctx.db, ctx.workspaceId, bot.id, {
    botTelegramId: bot.telegramId,
    chatId,
    threadId,
  });
  if (dialogId) await stopAnswer(ctx, dialogId);
}
