import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startModelServer } from "../../../../../e2e/fakes/model-server";
import { FakeTelegram } from "../../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenBot, startDoor, threadOf, updateState } from "@/modules/bots/testing";
import { generationsOf, givenQuestion } from "@/modules/chat/testing";
import { setLimit } from "@/modules/system/server/settings";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { publish } from "@/server/realtime/publish";
import type { JobRunner } from "@/server/jobs/run";
import { startWorker } from "@/server/jobs/testing";
import { botJobs } from "../jobs";
import { connectBot, disconnectBot } from "../service";
import { pauseBot, resumeBot } from "../upkeep";
import { watchDialog } from "./watch";

const telegram = await new FakeTelegram().start();
const model = await startModelServer({ models: ["fake-standard", "whisper-1"] });
const door = await startDoor();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, {
  TELEGRAM_API_ROOT: telegram.url,
  TELEGRAM_MODE: "webhook",
  APP_URL: door.url,
  OPENAI_BASE_URL: model.url,
  AI_MODEL: "fake-standard",
});

const db = testDb();
let runner: JobRunner;
beforeAll(async () => {
  await setLimit(db, "burstQuietMs", 300);
  runner = await startWorker(botJobs);
});
beforeEach(() => model.set({ firstTokenMs: 0, tokenMs: 0, reply: () => "It costs 300 roubles." }));
afterAll(async () => {
  await runner.stop();
  await door.stop();
  await model.close();
  await telegram.stop();
});

async function givenShop() {
  const { ctx } = await givenWorkspace(db);
  const assistant = await givenAssistant(ctx, { language: "en" });
  const { bot, fake } = await givenBot(ctx, telegram, assistant.id);
  const questions = () => model.calls.map((call) => call.messages.at(-1)?.text ?? "");
  return { ctx, assistant, bot, fake, questions, asked: model.calls.length };
}

type Shop = Awaited<ReturnType<typeof givenShop>>;

/** A question whose answer the model is asked for and does not give. */
async function givenHangingAnswer({ fake }: Shop, text = "How much is delivery?") {
  const call = model.calls.length;
  model.script("hang");
  const message = fake.messageOf(text);
  const update = await fake.deliver({ message });
  await model.waitForCalls(call + 1);
  return { call, message, update };
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await delay(10);
  }
}

const dialogIdOf = async ({ ctx }: Shop) => (await threadOf(ctx))?.dialog.id ?? "";
const textsOf = async ({ ctx }: Shop) =>
  (await threadOf(ctx))?.messages.map(({ author, text }) => `${author}: ${text}`);

describe("a burst of messages", () => {
  it("is one question and gets one answer", async () => {
    const shop = await givenShop();
    for (const text of ["Hello", "I want a kettle", "How much is delivery?"]) await shop.fake.visitorSends(text);
    await shop.fake.waitForReply(1);
    expect(shop.questions().slice(shop.asked)).toEqual(["Hello\nI want a kettle\nHow much is delivery?"]);
    expect(shop.fake.sent.map(({ text }) => text)).toEqual(["It costs 300 roubles."]);
    expect(await generationsOf(db, await dialogIdOf(shop))).toEqual([{ state: "delivered", error: null }]);
  });

  it("of an album is one question, also where bursts are not waited for", async () => {
    await setLimit(db, "burstQuietMs", 0);
    try {
      const shop = await givenShop();
      const picture = (caption?: string) => ({
        ...shop.fake.messageOf(""),
        text: undefined,
        caption,
        media_group_id: "album",
        photo: [{ file_id: "x", file_unique_id: "u", width: 1, height: 1 }],
      });
      await shop.fake.deliver({ message: picture("What are these?") });
      await shop.fake.deliver({ message: picture() });
      await shop.fake.waitForReply(1);
      expect(shop.questions().slice(shop.asked)).toEqual(["What are these?"]);
      expect((await threadOf(shop.ctx))?.messages.map(({ author }) => author)).toEqual([
        "visitor",
        "visitor",
        "assistant",
      ]);
    } finally {
      await setLimit(db, "burstQuietMs", 300);
    }
  });

  it("of the same update, delivered three times at once, is one message and one turn", async () => {
    const shop = await givenShop();
    const update = await shop.fake.deliver({ message: shop.fake.messageOf("How much is delivery?") });
    await Promise.all([shop.fake.push(update), shop.fake.push(update), shop.fake.push(update)]);
    await shop.fake.waitForReply(1);
    expect(await textsOf(shop)).toEqual(["visitor: How much is delivery?", "assistant: It costs 300 roubles."]);
    expect(model.calls.length - shop.asked).toBe(1);
  });
});

describe("an answer that is being written", () => {
  it("is not given up because a dead process had begun it before", async () => {
    const shop = await givenShop();
    await shop.fake.visitorSends("How much is delivery?");
    const dialogId = await until(async () => (await dialogIdOf(shop)) || undefined);
    await db.execute(sql`
      insert into generations (id, workspace_id, dialog_id, visitor_message_id, epoch, started_at)
      select ${newId()}::uuid, workspace_id, dialog_id, id, 0, now() from messages where dialog_id = ${dialogId}::uuid`);
    model.set({ firstTokenMs: 300 });
    await model.waitForCalls(shop.asked + 1);
    await publish(shop.ctx, { type: "dialog.changed", ids: { dialogId } });
    await shop.fake.waitForReply(1);
    expect(shop.fake.sent.map(({ text }) => text)).toEqual(["It costs 300 roubles."]);
  });

  it("is given up for a newer message, whose answer covers both and is the only one", async () => {
    const shop = await givenShop();
    const { call } = await givenHangingAnswer(shop);
    await shop.fake.visitorSends("To Moscow, please");
    await model.waitForAbort(call);
    await shop.fake.waitForReply(1);
    expect(shop.questions().at(-1)).toBe("How much is delivery?\nTo Moscow, please");
    expect(shop.fake.sent).toHaveLength(1);
    expect((await generationsOf(db, await dialogIdOf(shop))).map(({ state }) => state)).toEqual([
      "superseded",
      "delivered",
    ]);
  });

  it("is made of the edited words when the visitor corrects them before it leaves", async () => {
    const shop = await givenShop();
    const { call, message } = await givenHangingAnswer(shop);
    await shop.fake.deliver({ edited_message: { ...message, edit_date: 1, text: "How much is delivery to Moscow?" } });
    await model.waitForAbort(call);
    await shop.fake.waitForReply(1);
    expect(shop.questions().at(-1)).toBe("How much is delivery to Moscow?");
    expect(await textsOf(shop)).toEqual([
      "visitor: How much is delivery to Moscow?",
      "assistant: It costs 300 roubles.",
    ]);
  });

  it("ends at the visitor's stop, which every press is told", async () => {
    const shop = await givenShop();
    const { call } = await givenHangingAnswer(shop);
    const stop = `stop:${await dialogIdOf(shop)}`;
    await shop.fake.deliver(shop.fake.desk.press(shop.fake.visitor.id, stop));
    await model.waitForAbort(call);
    await expect.poll(() => [...shop.fake.desk.presses.values()]).toEqual([{ isAnswered: true, text: "Stopped" }]);
    await expect
      .poll(async () => generationsOf(db, await dialogIdOf(shop)))
      .toEqual([{ state: "discarded", error: "stopped" }]);
    await shop.fake.deliver(shop.fake.desk.press(shop.fake.visitor.id, stop));
    await expect.poll(() => [...shop.fake.desk.presses.values()].at(-1)?.text).toBe("The answer is already here");
    expect(shop.fake.sent).toHaveLength(0);
  });

  it("ends at the stop button that Telegram draws under a draft", async () => {
    const shop = await givenShop();
    const { call } = await givenHangingAnswer(shop);
    const chat = { id: shop.fake.visitor.id, type: "private" };
    await shop.fake.deliver({ stopped_message_generation: { chat, draft_id: 1 } });
    await model.waitForAbort(call);
    await expect
      .poll(async () => generationsOf(db, await dialogIdOf(shop)))
      .toEqual([{ state: "discarded", error: "stopped" }]);
  });

  it("never leaves a bot that was disconnected meanwhile, and nothing follows", async () => {
    const shop = await givenShop();
    const { call } = await givenHangingAnswer(shop);
    await disconnectBot(shop.ctx, { id: shop.bot.id });
    await model.waitForAbort(call);
    await expect.poll(async () => (await generationsOf(db, await dialogIdOf(shop)))[0]?.state).toBe("superseded");
    expect(shop.fake.sent).toHaveLength(0);
  });

  it("is given up for a pause, and is made anew when the bot is resumed", async () => {
    const shop = await givenShop();
    const { call } = await givenHangingAnswer(shop);
    await pauseBot(shop.ctx, { id: shop.bot.id });
    await model.waitForAbort(call);
    await resumeBot(shop.ctx, { id: shop.bot.id });
    await shop.fake.waitForReply(1);
    expect(await textsOf(shop)).toEqual(["visitor: How much is delivery?", "assistant: It costs 300 roubles."]);
  });

  it("is still owed after a pause that began before the burst was over, but not to who stopped it", async () => {
    const [shop, stopped] = [await givenShop(), await givenShop()];
    const { call } = await givenHangingAnswer(stopped);
    await stopped.fake.deliver(stopped.fake.desk.press(stopped.fake.visitor.id, `stop:${await dialogIdOf(stopped)}`));
    await model.waitForAbort(call);
    const { update_id: updateId } = await shop.fake.visitorSends("How much is delivery?");
    await expect.poll(() => updateState(db, shop.bot.id, updateId)).toBe("processed");
    for (const { ctx, bot } of [shop, stopped]) await pauseBot(ctx, { id: bot.id });
    await delay(400);
    expect(await textsOf(shop)).toEqual(["visitor: How much is delivery?"]);
    for (const { ctx, bot } of [shop, stopped]) await resumeBot(ctx, { id: bot.id });
    await shop.fake.waitForReply(1);
    expect(await textsOf(stopped)).toEqual(["visitor: How much is delivery?"]);
  });

  it("is made anew as well when the pause ends by a new token", async () => {
    const shop = await givenShop();
    const { call } = await givenHangingAnswer(shop);
    await pauseBot(shop.ctx, { id: shop.bot.id });
    await model.waitForAbort(call);
    await connectBot(shop.ctx, { assistantId: shop.assistant.id, token: shop.fake.token });
    await shop.fake.waitForReply(1);
    expect(await textsOf(shop)).toEqual(["visitor: How much is delivery?", "assistant: It costs 300 roubles."]);
  });

  it("ends as it begins when the bot was disconnected while the question was still being heard", async () => {
    const shop = await givenShop();
    const ref = await givenQuestion(shop.ctx, shop.assistant.id, { channel: "telegram", botId: shop.bot.id });
    const watch = await watchDialog(shop.ctx, ref.dialogId, shop.bot.id);
    await disconnectBot(shop.ctx, { id: shop.bot.id });
    await delay(100);
    watch.expect(1, ref.messageId);
    await expect.poll(() => watch.signal.aborted).toBe(true);
    watch.stop();
  });

  it("does not end by a stranger's press", async () => {
    const shop = await givenShop();
    const { call } = await givenHangingAnswer(shop);
    await shop.fake.deliver(shop.fake.desk.press(777, `stop:${await dialogIdOf(shop)}`));
    await expect.poll(() => [...shop.fake.desk.presses.values()]).toEqual([{ isAnswered: true, text: null }]);
    expect(model.calls[call]?.wasAborted).toBe(false);
    await shop.fake.visitorSends("/reset");
    await model.waitForAbort(call);
  });
});

describe("an edit", () => {
  it("of an answered message keeps both versions and is not answered again", async () => {
    const shop = await givenShop();
    const message = shop.fake.messageOf("How much is delivery?");
    await shop.fake.deliver({ message });
    await shop.fake.waitForReply(1);
    const edit = await shop.fake.deliver({ edited_message: { ...message, edit_date: 1, text: "And to Moscow?" } });
    await expect.poll(() => updateState(db, shop.bot.id, edit.update_id)).toBe("processed");
    const [first] = (await threadOf(shop.ctx))?.messages ?? [];
    expect(first).toMatchObject({ text: "And to Moscow?", earlier: [{ text: "How much is delivery?" }] });
    expect(first?.editedAt).toBeInstanceOf(Date);
    expect(model.calls.length - shop.asked).toBe(1);
  });

  it("of a message that nobody knows, or of another bot's message, changes nothing", async () => {
    const [shop, other] = [await givenShop(), await givenShop()];
    const message = shop.fake.messageOf("How much is delivery?");
    await shop.fake.deliver({ message });
    await shop.fake.waitForReply(1);
    const edit = await other.fake.deliver({ edited_message: { ...message, text: "Changed" } });
    await expect.poll(() => updateState(db, other.bot.id, edit.update_id)).toBe("processed");
    expect((await threadOf(shop.ctx))?.messages[0]?.text).toBe("How much is delivery?");
    expect(await threadOf(other.ctx)).toBeNull();
  });
});

describe("a spoken message", () => {
  const spoken = ({ fake }: Shop, bytes = "ogg", more: object = {}) => {
    const file_id = fake.desk.addFile(new TextEncoder().encode(bytes), "voice.oga");
    const voice = {
      file_id,
      file_unique_id: "u",
      duration: 3,
      mime_type: "audio/ogg",
      file_size: bytes.length,
      ...more,
    };
    return { ...fake.messageOf(""), text: undefined, voice };
  };

  it("is heard, shown as words to the team, and answered", async () => {
    const shop = await givenShop();
    model.set({ hear: () => " How much is delivery? " });
    await shop.fake.deliver({ message: spoken(shop) });
    await shop.fake.waitForReply(1);
    expect(model.recordings.at(-1)).toMatchObject({ model: "whisper-1", name: "voice.ogg", type: "audio/ogg" });
    expect(shop.questions().at(-1)).toBe("How much is delivery?");
    const [first] = (await threadOf(shop.ctx))?.messages ?? [];
    expect(first).toMatchObject({ text: "How much is delivery?", attachment: { kind: "voice", isTranscribed: true } });
  });

  it("is left to the owner of the account, who answered while it was being heard", async () => {
    const shop = await givenShop();
    const [owner, customer] = [
      { id: 900, first_name: "Boss" },
      { id: 5, first_name: "Anna" },
    ];
    const connection = { id: newId(), ownerId: owner.id, isEnabled: true, canReply: true };
    await shop.fake.deliver(shop.fake.desk.connect(connection));
    const said = (text: string, from: typeof owner) =>
      shop.fake.businessMessageOf(text, connection.id, from, customer.id);
    const words = Promise.withResolvers<string>();
    const recordings = model.recordings.length;
    model.set({ hear: () => words.promise });
    const { voice } = spoken(shop);
    await shop.fake.deliver({ business_message: { ...said("", customer), text: undefined, voice } });
    await expect.poll(() => model.recordings.length).toBe(recordings + 1);
    const { update_id: updateId } = await shop.fake.deliver({ business_message: said("I am on it", owner) });
    await expect.poll(() => updateState(db, shop.bot.id, updateId)).toBe("processed");
    words.resolve("How much is delivery?");
    await expect.poll(() => textsOf(shop)).toContain("visitor: How much is delivery?");
    await delay(300);
    expect(await textsOf(shop)).toEqual(["visitor: How much is delivery?", "operator: I am on it"]);
    expect(model.calls.length).toBe(shop.asked);
  });

  const unheard: [string, object, () => string | null][] = [
    ["nobody understands", {}, () => null],
    ["is longer than a voice message may be", { file_size: 11 * 1024 * 1024 }, () => "never"],
    ["says nothing", {}, () => "  "],
  ];
  it.each(unheard)("that %s is politely passed to the team", async (_, more, hear) => {
    const shop = await givenShop();
    model.set({ hear });
    await shop.fake.deliver({ message: spoken(shop, "ogg", more) });
    expect((await shop.fake.waitForReply(1)).text).toContain("I do not understand voice messages yet");
    expect(model.calls.length).toBe(shop.asked);
  });
});

describe("updates of any shape", () => {
  it.each([
    ["without a chat", { message: { message_id: 1, text: "hi" } }, "failed"],
    ["of a kind that nobody asked for", { purchased_paid_media: {} }, "ignored"],
    ["that are empty", {}, "ignored"],
  ])("%s are kept with the reason", async (_, content, state) => {
    const shop = await givenShop();
    const update = await shop.fake.deliver(content);
    await expect.poll(() => updateState(db, shop.bot.id, update.update_id)).toBe(state);
  });

  it("with a text of any length and any characters get an answer", async () => {
    const shop = await givenShop();
    await shop.fake.visitorSends(`${"ё🎄".repeat(6_000)}\u0000\u202eRTL`);
    await shop.fake.waitForReply(1);
    expect((await threadOf(shop.ctx))?.messages[0]?.text).toHaveLength(10_000);
  });
});
