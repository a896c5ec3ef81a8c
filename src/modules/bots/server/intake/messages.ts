import { addressOf, clientIdOf } from "@/modules/bots/rules";
import { answerDialog, isAnsweredAtOnce, planAnswer } from "@/modules/bots/server/answers/service";
import {
  editVisitorMessage,
  type Revised,
  storeAlone,
  storeVisitorMessage,
} from "@/modules/bots/server/conversation/service";
import { hasAlbum } from "@/modules/bots/server/conversation/messages-repository";
import { showTyping } from "@/modules/bots/server/gateway";
import type { Content, Sender } from "@/modules/bots/updates/rules";
import type { Visit } from "./visit";

/** Stores what a visitor sent and plans its answer; without a pause for bursts it is answered right here. */
export async function takeMessage(visit: Visit, sender: Sender, content: Content): Promise<void> {
  const { ctx, job, bot, updateId } = visit;
  const isOfAlbum = content.attachment?.albumId !== undefined;
  const message = { sender, content, clientId: clientIdOf(updateId) };
  if (await isAnsweredAtOnce(ctx, { isOfAlbum })) {
    const { dialogId } = await storeAlone(ctx, bot, message);
    return answerDialog(ctx, job, dialogId, bot);
  }
  const { stored, result: plan } = await storeVisitorMessage(ctx, bot, message, (ctx, { dialogId, isNewDialog }) =>
    planAnswer(ctx, dialogId, { isOfAlbum, isFirst: isNewDialog }),
  );
  if (plan === "now") return answerDialog(ctx, job, stored.dialogId, bot);
  // The person sees at once that somebody listens; whether it can be shown is nobody's problem.
  const { chatId, businessConnectionId } = sender;
  const threadId = addressOf(sender.visitorKey)?.threadId ?? null;
  if (plan === "planned" && content.text !== "")
    void showTyping(bot, { chatId, threadId, businessConnectionId }).catch(() => undefined);
}

/** A picture of a group's album belongs to the one that was meant for the bot. Returns why it is ignored, or null. */
export async function takeAlbumPart(
  visit: Visit,
  { sender, content, albumId }: { sender: Sender; content: Content; albumId: string },
): Promise<string | null> {
  const { ctx, bot } = visit;
  const place = { assistantId: bot.assistantId, visitorKey: sender.visitorKey };
  if (!(await hasAlbum(ctx.db, ctx.workspaceId, place, albumId))) return "not-addressed";
  await takeMessage(visit, sender, content);
  return null;
}

export async function takeEdit(visit: Visit, sender: Sender, content: Content): Promise<void> {
  await answerAgain(visit, await editVisitorMessage(visit.ctx, visit.bot, { sender, content }));
}

/** An answer that was still to come is made of what stands there now. */
export async function answerAgain({ ctx, job, bot }: Visit, revised: Revised | null): Promise<void> {
  if (!revised?.isWaiting) return;
  const plan = await planAnswer(ctx, revised.dialogId, { isOfAlbum: false });
  if (plan === "now") await answerDialog(ctx, job, revised.dialogId, bot);
}
