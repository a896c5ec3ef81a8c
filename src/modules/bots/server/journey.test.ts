import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeTelegram } from "../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenBot, startDoor, threadOf } from "@/modules/bots/testing";
import { givenDocument } from "@/modules/knowledge/testing";
import { setLimit } from "@/modules/system/server/settings";
import { givenWorkspace } from "@/modules/workspaces/testing";
import type { JobRunner } from "@/server/jobs/run";
import { startWorker } from "@/server/jobs/testing";
import { botJobs } from "./jobs";

const telegram = await new FakeTelegram().start();
const door = await startDoor();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, { TELEGRAM_API_ROOT: telegram.url, TELEGRAM_MODE: "webhook", APP_URL: door.url });

const db = testDb();
let runner: JobRunner;
beforeAll(async () => {
  await setLimit(db, "burstQuietMs", 0);
  runner = await startWorker(botJobs);
});
afterAll(async () => {
  await runner.stop();
  await door.stop();
  await telegram.stop();
});

async function givenShop(overrides: Parameters<typeof givenAssistant>[1] = {}) {
  const { ctx } = await givenWorkspace(db);
  const assistant = await givenAssistant(ctx, overrides);
  await givenDocument(ctx, {
    assistantId: assistant.id,
    name: "delivery.txt",
    text: "Доставка по Москве стоит 390 рублей и занимает два дня.",
  });
  return { ctx, assistant, ...(await givenBot(ctx, telegram, assistant.id)) };
}

describe("a visitor in Telegram", () => {
  it("gets an answer from the documents with its source, while typing is shown", async () => {
    const { ctx, fake } = await givenShop();
    await fake.visitorSends("Сколько стоит доставка по Москве?");
    const reply = await fake.waitForReply(1);
    expect(reply.text).toContain("390");
    expect(reply.html).toMatch(/<blockquote expandable>Источники\n\[1\] delivery\.txt<\/blockquote>$/);
    expect(fake.calls.findIndex(({ method }) => method === "sendChatAction")).toBeLessThan(
      fake.calls.findIndex(({ method }) => method === "sendMessage"),
    );
    expect(fake.calls.find(({ method }) => method === "sendMessage")?.payload.link_preview_options).toEqual({
      is_disabled: true,
    });
    await expect
      .poll(async () => (await threadOf(ctx))?.messages.map(({ author, delivery }) => [author, delivery]))
      .toEqual([
        ["visitor", null],
        ["assistant", "sent"],
      ]);
    expect((await threadOf(ctx))?.dialog).toMatchObject({
      channel: "telegram",
      visitorName: "Анна",
      isReachable: true,
      botUsername: fake.username,
    });
  });

  it("gets one answer when Telegram delivers the update three times at once", async () => {
    const { ctx, fake } = await givenShop();
    const update = await fake.deliver({ message: fake.messageOf("Сколько стоит доставка?") });
    await Promise.all([fake.push(update), fake.push(update), fake.push(update)]);
    await fake.waitForReply(1);
    // A second answer would have to come before that of a later message of the same chat.
    await fake.visitorSends("/help");
    await fake.waitForReply(2);
    expect(fake.sent[1]?.text).toContain("/reset");
    expect((await threadOf(ctx))?.messages.filter(({ author }) => author === "visitor")).toHaveLength(1);
  });

  it("gets two fast messages answered in their order", async () => {
    const { ctx, fake } = await givenShop();
    await fake.visitorSends("Сколько стоит доставка по Москве?");
    await fake.visitorSends("/unknown");
    await fake.visitorSends("Сколько дней занимает доставка?");
    await fake.waitForReply(3);
    expect(fake.sent[1]?.text).toBe("Знаю команды /help, /operator и\u00a0/reset");
    const thread = await threadOf(ctx);
    expect(thread?.messages.map(({ author }) => author)).toEqual([
      "visitor",
      "assistant",
      "system",
      "visitor",
      "assistant",
    ]);
  });

  it("is greeted by the owner's words and starters, and the link's source is kept", async () => {
    const { ctx, fake } = await givenShop({ greeting: "Привет <3", starters: ["Сколько стоит?", "Где вы?"] });
    await fake.visitorSends("/start ad_42");
    expect((await fake.waitForReply(1)).text).toBe("Привет <3\n\n• Сколько стоит?\n• Где вы?");
    expect((await threadOf(ctx))?.dialog.source).toBe("ad_42");
  });

  it("begins a new dialog after /reset", async () => {
    const { ctx, fake } = await givenShop();
    await fake.visitorSends("Сколько стоит доставка?");
    await fake.waitForReply(1);
    await fake.visitorSends("/reset");
    expect((await fake.waitForReply(2)).text).toBe("Новый диалог. Что хотите узнать?");
    await fake.visitorSends("Сколько стоит доставка по Москве?");
    await fake.waitForReply(3);
    expect((await threadOf(ctx, 0))?.messages.map(({ author }) => author)).toEqual(["system", "visitor", "assistant"]);
    expect((await threadOf(ctx, 1))?.dialog.status).toBe("ended");
  });

  it("is told once that only text is understood", async () => {
    const { ctx, fake } = await givenShop();
    const photo = () => ({ ...fake.messageOf(""), text: undefined, photo: [{ file_id: "x" }] });
    await fake.deliver({ message: photo() });
    await fake.waitForReply(1);
    await fake.deliver({ message: photo() });
    await fake.visitorSends("/help");
    await fake.waitForReply(2);
    expect(fake.sent.map(({ text }) => text)).toEqual([
      expect.stringContaining("читаю только текст"),
      expect.stringContaining("/reset"),
    ]);
    expect((await threadOf(ctx))?.messages.map(({ author }) => author)).toEqual([
      "visitor",
      "system",
      "visitor",
      "system",
    ]);
  });

  it("may edit a message without getting a second answer", async () => {
    const { ctx, fake } = await givenShop();
    const message = fake.messageOf("Сколько стоит доставка?");
    await fake.deliver({ message });
    await fake.waitForReply(1);
    await fake.deliver({ edited_message: { ...message, edit_date: 1, text: "Сколько стоит доставка по Москве?" } });
    await fake.visitorSends("/help");
    await fake.waitForReply(2);
    expect(fake.sent[1]?.text).toContain("/reset");
    expect((await threadOf(ctx))?.messages[0]?.text).toBe("Сколько стоит доставка по Москве?");
  });

  it("keeps separate dialogs with two bots of one business", async () => {
    const first = await givenShop();
    const second = await givenBot(
      first.ctx,
      telegram,
      (await givenAssistant(first.ctx, { name: "Second", greeting: "Second here" })).id,
    );
    await first.fake.visitorSends("/start");
    await second.fake.visitorSends("/start");
    await Promise.all([first.fake.waitForReply(1), second.fake.waitForReply(1)]);
    expect(second.fake.sent.map(({ text }) => text)).toEqual(["Second here"]);
    expect(first.fake.sent.map(({ text }) => text)).not.toContain("Second here");
  });

  it("is silent in a group until it is addressed, and then answers that message", async () => {
    const { fake } = await givenShop();
    const group = { id: -100_500, type: "supergroup" };
    await fake.deliver({ message: fake.messageOf("Всем привет", fake.visitor, group) });
    await fake.deliver({ message: fake.messageOf("/weather", fake.visitor, group) });
    const asked = fake.messageOf(`@${fake.username} сколько стоит доставка по Москве?`, fake.visitor, group);
    await fake.deliver({ message: asked });
    const reply = await fake.waitForReply(1);
    expect(reply).toMatchObject({ chatId: -100_500, replyTo: asked.message_id });
    expect(reply.text).toContain("390");
    expect(fake.sent).toHaveLength(1);
  });

  it("shows a dialog as unreachable after a block, and reachable after the next message", async () => {
    const { ctx, fake } = await givenShop();
    await fake.visitorSends("/start");
    await fake.waitForReply(1);
    const chat = { id: fake.visitor.id, type: "private" };
    await fake.deliver({
      my_chat_member: {
        chat,
        from: fake.visitor,
        date: 1,
        old_chat_member: { status: "member" },
        new_chat_member: { status: "kicked" },
      },
    });
    await expect.poll(async () => (await threadOf(ctx))?.dialog.isReachable).toBe(false);
    await fake.visitorSends("/help");
    await fake.waitForReply(2);
    expect((await threadOf(ctx))?.dialog.isReachable).toBe(true);
  });
});
