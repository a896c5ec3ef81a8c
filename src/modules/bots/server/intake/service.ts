import { telegramUpdate } from "@/modules/bots/contract";
import {
  clientIdOf,
  type Command,
  type Incoming,
  readUpdate,
  type Sender,
  sourceOf,
} from "@/modules/bots/rules";
import { visitorLocale, visitorText } from "@/modules/bots/server/visitor-text";
import {
  editStoredMessage,
  endOpenDialog,
  openDialog,
  setChatReachable,
  storeVisitorMessage,
} from "@/modules/bots/server/conversation/service";
import { findVoice } from "@/modules/bots/server/conversation/repository";
import { answerQuestion, queueOwnMessage } from "@/modules/bots/server/reply";
import { type BotRow, findBotOfJob, touchBot } from "@/modules/bots/server/repository";
import { reportOnline } from "@/modules/bots/server/status";
import type { WorkspaceCtx } from "@/server/context";
import type { JobCtx } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { findUpdate, findUpdateOfMessage, settleUpdate } from "./repository";

type Voice = NonNullable<Awaited<ReturnType<typeof findVoice>>>;

/** One update on its way through the product. Runs again after a crash and finds what is there already. */
type Visit = { ctx: WorkspaceCtx; job: JobCtx; bot: BotRow; voice: Voice; updateId: number };

/** Processes a recorded update once: a second run, or one for a silenced bot, changes nothing. */
export async function processUpdate(
  job: JobCtx,
  { botId, updateId }: { botId: string; updateId: number },
): Promise<void> {
  const bot = await findBotOfJob(job.db, botId);
  const update = await findUpdate(job.db, botId, updateId);
  if (!bot?.isActive || update?.state !== "recorded") return;
  const ctx: WorkspaceCtx = { ...job, workspaceId: bot.workspaceId };
  const voice = await findVoice(job.db, bot.workspaceId, bot.assistantId);
  if (!voice) return;
  const parsed = telegramUpdate.safeParse(update.payload);
  if (!parsed.success) {
    await settleUpdate(job.db, botId, updateId, "failed", "malformed");
    return;
  }
  const incoming = readUpdate(parsed.data, bot);
  job.note({ updateKind: incoming.kind, workspaceId: bot.workspaceId });
  try {
    await noteArrival(ctx, bot);
    await take({ ctx, job, bot, voice, updateId }, incoming);
    await settleUpdate(job.db, botId, updateId, "processed");
  } catch (error) {
    if (job.isLastAttempt) await settleUpdate(job.db, botId, updateId, "failed", "attempts-used-up");
    throw error;
  }
}

async function take(visit: Visit, incoming: Incoming): Promise<void> {
  switch (incoming.kind) {
    case "text":
      return takeText(visit, incoming.sender, incoming.text);
    case "command":
      return takeCommand(visit, incoming.sender, incoming.command, incoming.argument);
    case "unknown-command":
      return say(visit, incoming.sender, (t) => t("unknownCommand"));
    case "media-without-text":
      return say(visit, incoming.sender, (t) => t("textOnly"), "tg:notice:text-only");
    case "edit":
      return takeEdit(visit, incoming);
    case "reachability":
      return setChatReachable(visit.ctx, visit.bot, incoming.chatId, incoming.isReachable);
    case "ignored":
      visit.job.note({ ignored: incoming.reason });
  }
}

async function takeText({ ctx, job, bot, voice, updateId }: Visit, sender: Sender, text: string): Promise<void> {
  const { dialogId, messageId } = await storeVisitorMessage(ctx, bot, sender, { clientId: clientIdOf(updateId), text });
  const question = {
    dialogId,
    messageId,
    bot,
    visitorKey: sender.visitorKey,
    updateId,
    text,
    language: voice.language,
    languageCode: sender.languageCode,
  };
  await answerQuestion(ctx, job, question);
}

async function takeCommand(visit: Visit, sender: Sender, command: Command, argument: string): Promise<void> {
  switch (command) {
    case "start":
      return greet(visit, sender, argument);
    case "help":
      return say(visit, sender, (t) => t("help", { name: visit.voice.name }));
    case "reset":
      return reset(visit, sender);
  }
}

async function greet({ ctx, bot, voice, updateId }: Visit, sender: Sender, argument: string): Promise<void> {
  const t = visitorText(visitorLocale(voice.language, sender.languageCode));
  const greeting = voice.greeting.trim() || t("greeting", { name: voice.name });
  const starters = voice.starters.slice(0, 3).map((starter) => `- ${starter}`);
  await inTransaction(ctx, async (ctx) => {
    const dialogId = await openDialog(ctx, bot, sender, sourceOf(argument));
    const text = [greeting, starters.join("\n")].filter(Boolean).join("\n\n");
    await queueOwnMessage(ctx, {
      dialogId,
      botId: bot.id,
      author: "assistant",
      clientId: `${clientIdOf(updateId)}:greeting`,
      text,
    });
  });
}

/** Ends the dialog and opens a fresh one in the same transaction, so a repeat of the update finds its notice and stops. */
async function reset({ ctx, bot, voice, updateId }: Visit, sender: Sender): Promise<void> {
  const t = visitorText(visitorLocale(voice.language, sender.languageCode));
  await inTransaction(ctx, async (ctx) => {
    await endOpenDialog(ctx, bot, sender);
    const dialogId = await openDialog(ctx, bot, sender);
    await queueOwnMessage(ctx, {
      dialogId,
      botId: bot.id,
      author: "system",
      clientId: `${clientIdOf(updateId)}:notice`,
      text: t("reset"),
    });
    await settleUpdate(ctx.db, bot.id, updateId, "processed");
  });
}

/** One sentence of the bot itself; a fixed client id makes it come once per dialog. */
async function say(
  { ctx, bot, voice, updateId }: Visit,
  sender: Sender,
  sentence: (t: ReturnType<typeof visitorText>) => string,
  clientId = `${clientIdOf(updateId)}:notice`,
): Promise<void> {
  const text = sentence(visitorText(visitorLocale(voice.language, sender.languageCode)));
  await inTransaction(ctx, async (ctx) => {
    const dialogId = await openDialog(ctx, bot, sender);
    await queueOwnMessage(ctx, { dialogId, botId: bot.id, author: "system", clientId, text });
  });
}

async function takeEdit(
  { ctx, bot, updateId }: Visit,
  edit: { sender: Sender; messageId: number; text: string },
): Promise<void> {
  const original = await findUpdateOfMessage(ctx.db, bot.id, {
    chatId: edit.sender.chatId,
    messageId: edit.messageId,
    before: updateId,
  });
  if (original !== null) await editStoredMessage(ctx, bot, { updateId: original, text: edit.text });
}

async function noteArrival(ctx: WorkspaceCtx, bot: BotRow): Promise<void> {
  if (await touchBot(ctx.db, ctx.workspaceId, bot.id, ctx.now()))
    await publish(ctx, { type: "bot.changed", ids: { botId: bot.id } });
  if (bot.status !== "online") await reportOnline(ctx, bot.id);
}
