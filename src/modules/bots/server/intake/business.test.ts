import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeTelegram } from "../../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenBot, recordAndRun, runUpdateAt, threadOf, updateState } from "@/modules/bots/testing";
import { setLimit } from "@/modules/system/server/settings";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { jobCtx } from "@/server/jobs/testing";
import { answerDialogJob } from "../jobs";

const telegram = await new FakeTelegram().start();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, { TELEGRAM_API_ROOT: telegram.url, TELEGRAM_MODE: "polling" });

const db = testDb();
beforeAll(() => setLimit(db, "burstQuietMs", 0));
afterAll(() => telegram.stop());

const owner = { id: 900, first_name: "Boss" };
const customer = { id: 5, first_name: "Anna" };
const allowed = { id: "c1", ownerId: owner.id, isEnabled: true, canReply: true };

async function givenAccount(connection = allowed) {
  const { ctx } = await givenWorkspace(db);
  const { bot, fake } = await givenBot(ctx, telegram, (await givenAssistant(ctx, { language: "en" })).id);
  const connected = fake.desk.connect(connection);
  const take = (content: Record<string, unknown>) => recordAndRun(db, bot.id, content);
  const message = (text: string, from = customer) => fake.businessMessageOf(text, "c1", from, customer.id);
  const says = (text: string, from = customer) => take({ business_message: message(text, from) });
  const authors = async () => (await threadOf(ctx))?.messages.map(({ author }) => author);
  return { ctx, bot, fake, connected, take, message, says, authors };
}

async function dueOf({ ctx }: Awaited<ReturnType<typeof givenAccount>>) {
  return { workspaceId: ctx.workspaceId, dialogId: (await threadOf(ctx))?.dialog.id ?? "" };
}

describe("a private chat of a business account", () => {
  it("is answered in the owner's name", async () => {
    const account = await givenAccount();
    await account.take(account.connected);
    await account.says("How much is delivery?");
    expect(account.fake.sent).toMatchObject([{ chatId: 5, businessConnectionId: "c1" }]);
    expect((await threadOf(account.ctx))?.dialog.visitorName).toBe("Anna");
  });

  it("is answered also when the message comes before the news of the connection", async () => {
    const account = await givenAccount();
    await account.says("How much is delivery?");
    expect(account.fake.sent).toHaveLength(1);
  });

  it.each([
    ["the bot may not reply", { ...allowed, canReply: false }],
    ["the connection is switched off", { ...allowed, isEnabled: false }],
  ])("is left alone when %s", async (_, connection) => {
    const account = await givenAccount(connection);
    await account.take(account.connected);
    const updateId = await account.says("How much is delivery?");
    expect(await updateState(db, account.bot.id, updateId)).toBe("ignored");
    expect(await threadOf(account.ctx)).toBeNull();
  });

  it("is left alone once the owner took the permission away", async () => {
    const account = await givenAccount();
    await account.take(account.connected);
    await account.take(account.fake.desk.connect({ ...allowed, isEnabled: false }));
    await account.says("How much is delivery?");
    expect(account.fake.sent).toEqual([]);
  });

  it("is the owner's for half an hour after the owner wrote, and the assistant's again after that", async () => {
    const account = await givenAccount();
    await account.says("Hello");
    await account.says("I will answer myself", owner);
    await account.says("Thanks!");
    expect(await account.authors()).toEqual(["visitor", "assistant", "operator", "visitor"]);
    await runUpdateAt(db, account.bot.id, { business_message: account.message("And delivery?") }, 31);
    expect((await account.authors())?.at(-1)).toBe("assistant");
    expect((await threadOf(account.ctx))?.dialog.visitorName).toBe("Anna");
  });

  it("stays the assistant's when the account greets by itself, before the answer or after it", async () => {
    const account = await givenAccount();
    const greets = () =>
      account.take({ business_message: { ...account.message("We reply soon", owner), is_from_offline: true } });
    await account.says("Hello");
    await greets();
    await account.says("How much is delivery?");
    expect(await account.authors()).toEqual(["visitor", "assistant", "system", "visitor", "assistant"]);
    await setLimit(db, "burstQuietMs", 1_500);
    await account.says("And to Kazan?");
    await greets();
    await setLimit(db, "burstQuietMs", 0);
    await answerDialogJob.run(jobCtx(db, answerDialogJob), await dueOf(account));
    expect((await account.authors())?.slice(-3)).toEqual(["visitor", "system", "assistant"]);
    expect(account.fake.sent).toHaveLength(3);
  });

  it("keeps edits, and what was taken back without its words on top", async () => {
    const account = await givenAccount();
    const message = account.message("How much is it?");
    await account.take({ business_message: message });
    await account.take({ edited_business_message: { ...message, edit_date: 1, text: "How much is delivery?" } });
    const removal = { business_connection_id: "c1", chat: message.chat, message_ids: [message.message_id, 999_999] };
    await account.take({ deleted_business_messages: removal });
    const [first] = (await threadOf(account.ctx))?.messages ?? [];
    expect(first).toMatchObject({
      text: "",
      removedAt: expect.any(Date),
      earlier: [{ text: "How much is it?" }, { text: "How much is delivery?" }],
    });
    expect(account.fake.sent).toHaveLength(1);
  });

  it("is another talk than the customer's own with the bot", async () => {
    const account = await givenAccount();
    await account.says("How much is delivery?");
    await account.take({ message: account.fake.messageOf("How much is delivery?", customer) });
    expect(account.fake.sent.map(({ businessConnectionId }) => businessConnectionId)).toEqual(["c1", null]);
    const blocked = { chat: { id: 5, type: "private" }, from: customer, new_chat_member: { status: "kicked" } };
    await account.take({ my_chat_member: blocked });
    const reachable = [await threadOf(account.ctx, 0), await threadOf(account.ctx, 1)].map(
      (t) => t?.dialog.isReachable,
    );
    expect(reachable.toSorted()).toEqual([false, true]);
  });
});
