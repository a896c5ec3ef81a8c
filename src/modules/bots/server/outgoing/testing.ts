import type { FakeTelegram } from "../../../../../e2e/fakes/telegram-server";
import { type Db, db as pool } from "@/db/client";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenBot, runDelivery, runUpdate, threadOf } from "@/modules/bots/testing";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { recordRawUpdate } from "../intake/record";

/** A dialog whose greeting waits in the outbox: the visitor pressed Start and the delivery job has not run yet. */
export async function givenChat(db: Db, telegram: FakeTelegram, greeting = "Hello") {
  const { ctx, user } = await givenWorkspace(db);
  const assistant = await givenAssistant(ctx, { greeting });
  const { bot, fake } = await givenBot(ctx, telegram, assistant.id);
  const receive = async (text: string) => {
    const update = await fake.visitorSends(text);
    await recordRawUpdate(pool(), bot.id, update);
    await runUpdate(db, bot.id, update.update_id);
    return update.update_id;
  };
  const updateId = await receive("/start");
  const thread = await threadOf(ctx);
  const dialogId = thread?.dialog.id ?? "";
  const messageId = thread?.messages[0]?.id ?? "";
  const deliver = (attempt?: { isLastAttempt?: boolean }) => runDelivery(db, dialogId, attempt);
  const states = async () => (await threadOf(ctx))?.messages.map(({ delivery }) => delivery);
  const sentTexts = () => fake.sent.map(({ text }) => text);
  return { ctx, user, bot, fake, dialogId, messageId, updateId, receive, deliver, states, sentTexts };
}
