import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeTelegram } from "../../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { ageUpdates, givenBot, recordAndRun, runDelivery, threadOf, updateState } from "@/modules/bots/testing";
import { nameVisitor } from "@/modules/dialogs/server/profile/service";
import { handoffState } from "@/modules/handoff/server/service";
import { setLimit } from "@/modules/system/server/settings";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { jobCtx } from "@/server/jobs/testing";
import { pruneUpdatesJob } from "../jobs";
import { doctorBot } from "../service";

const telegram = await new FakeTelegram().start();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, { TELEGRAM_API_ROOT: telegram.url, TELEGRAM_MODE: "polling" });

const db = testDb();
beforeAll(() => setLimit(db, "burstQuietMs", 0));
afterAll(() => telegram.stop());

async function givenShop() {
  const { ctx } = await givenWorkspace(db);
  const { bot, fake } = await givenBot(ctx, telegram, (await givenAssistant(ctx, { language: "en" })).id);
  const take = (content: Record<string, unknown>) => recordAndRun(db, bot.id, content);
  const says = (text: string, from = fake.visitor) => take({ message: fake.messageOf(text, from) });
  const presses = async (data: string, personId = fake.visitor.id, at?: { messageId: number; chatId: number }) => {
    await take(fake.desk.press(personId, data, at));
    return [...fake.desk.presses.values()].at(-1);
  };
  const dialogId = async () => (await threadOf(ctx))?.dialog.id ?? "";
  const authors = async () => (await threadOf(ctx))?.messages.map(({ author }) => author);
  return { ctx, bot, fake, take, says, presses, dialogId, authors };
}

describe("a wish for a person", () => {
  it("stops the assistant, keeps what is written, and tells the place when it is repeated", async () => {
    const shop = await givenShop();
    await shop.says("/operator");
    expect(await handoffState(shop.ctx, await shop.dialogId())).toMatchObject({ status: "requested", position: 1 });
    await shop.says("Is anybody there?");
    await shop.says("Hello?");
    expect(await shop.authors()).toEqual(["system", "visitor", "visitor"]);
    await shop.says("/operator");
    const texts = (await threadOf(shop.ctx))?.messages.map(({ text }) => text);
    expect(texts?.at(-1)).toBe("You are number 1 in the queue, about 3 minutes to wait");
  });

  it("may come from a button and be taken back by one, by the person of the dialog alone", async () => {
    const shop = await givenShop();
    await shop.says("/start");
    const id = await shop.dialogId();
    expect(await shop.presses(`operator:${id}`, 777)).toEqual({ isAnswered: true, text: null });
    expect((await handoffState(shop.ctx, id)).status).toBe("none");
    expect(await shop.presses(`operator:${id}`)).toEqual({ isAnswered: true, text: "Calling a person" });
    expect((await handoffState(shop.ctx, id)).status).toBe("requested");
    expect(await shop.presses(`continue:${id}`, 777)).toEqual({ isAnswered: true, text: null });
    expect((await handoffState(shop.ctx, id)).status).toBe("requested");
    expect(await shop.presses(`continue:${id}`)).toEqual({ isAnswered: true, text: "I am listening" });
    expect((await handoffState(shop.ctx, id)).status).toBe("none");
    await shop.says("How much is delivery?");
    expect((await shop.authors())?.at(-1)).toBe("assistant");
  });
});

describe("a pressed button", () => {
  it("is always answered, whatever it carries", async () => {
    const shop = await givenShop();
    await shop.says("/start");
    const other = await givenShop();
    await other.says("/start");
    const foreign = await other.dialogId();
    for (const data of [
      "",
      "stop:",
      "drop table",
      `rate:${await shop.dialogId()}:9`,
      `stop:${newId()}`,
      `rate:${foreign}:1`,
    ])
      expect(await shop.presses(data)).toEqual({ isAnswered: true, text: null });
    expect((await threadOf(other.ctx))?.dialog.rating).toBeNull();
  });

  it("that is too old for an answer is done with all the same", async () => {
    const shop = await givenShop();
    const query = { id: "from-last-week", from: { id: 1, first_name: "A" }, data: "stop:x", chat_instance: "1" };
    const updateId = await shop.take({ callback_query: query });
    expect(await updateState(db, shop.bot.id, updateId)).toBe("processed");
  });

  it("of an inline query gets the empty list", async () => {
    const shop = await givenShop();
    await shop.take(shop.fake.desk.inlineQuery(5));
    expect([...shop.fake.desk.inlineAnswers.values()]).toEqual([[]]);
  });
});

describe("things without words", () => {
  const contents: [string, Record<string, unknown>][] = [
    ["sticker", { sticker: { file_id: "f", file_unique_id: "u", emoji: "👍" } }],
    ["location", { location: { latitude: 55.7, longitude: 37.6 } }],
    ["contact", { contact: { phone_number: "+7900", first_name: "Ivan" } }],
    ["video", { video: { file_id: "f", file_unique_id: "u", duration: 5 } }],
    ["poll", { poll: { id: "1", question: "When?", options: [{ text: "Now" }] } }],
  ];

  it.each(contents)("are kept with what they say: %s", async (kind, content) => {
    const shop = await givenShop();
    await shop.take({ message: { ...shop.fake.messageOf(""), text: undefined, ...content } });
    const [message, notice] = (await threadOf(shop.ctx))?.messages ?? [];
    expect(message).toMatchObject({ author: "visitor", text: "", attachment: { kind } });
    expect(notice).toMatchObject({ author: "system", text: expect.stringContaining("I read only text") });
  });

  it("are commented on once per dialog, voices in their own words", async () => {
    const shop = await givenShop();
    for (const [, content] of contents)
      await shop.take({ message: { ...shop.fake.messageOf(""), text: undefined, ...content } });
    const voice = () => ({ ...shop.fake.messageOf(""), text: undefined, voice: { file_id: "v", duration: 2 } });
    await shop.take({ message: voice() });
    await shop.take({ message: voice() });
    const notices = (await threadOf(shop.ctx))?.messages.filter(({ author }) => author === "system");
    expect(notices?.map(({ text }) => text)).toEqual([
      expect.stringContaining("I read only text"),
      expect.stringContaining("voice messages"),
    ]);
  });

  it("do not keep the question beside them from its answer", async () => {
    const shop = await givenShop();
    await shop.take({ message: { ...shop.fake.messageOf(""), text: undefined, caption: "What is this?", photo: [] } });
    expect(await shop.authors()).toEqual(["visitor", "assistant"]);
  });
});

describe("a group", () => {
  const group = { id: -100_700, type: "supergroup" };
  const anna = { id: 11, first_name: "Anna" };
  const boris = { id: 12, first_name: "Boris" };

  it("has a talk with each person in each topic, answered where it was asked", async () => {
    const shop = await givenShop();
    const ask = (from: typeof anna, topic?: number) => ({
      ...shop.fake.messageOf(`@${shop.fake.username} how much?`, from, group),
      ...(topic ? { message_thread_id: topic, is_topic_message: true } : {}),
    });
    for (const message of [ask(anna), ask(boris), ask(anna, 7)]) await shop.take({ message });
    expect(shop.fake.sent.map(({ chatId, threadId }) => [chatId, threadId])).toEqual([
      [-100_700, null],
      [-100_700, null],
      [-100_700, 7],
    ]);
    for (const index of [0, 1, 2]) expect((await threadOf(shop.ctx, index))?.messages).toHaveLength(2);
  });

  it("has every picture of an album that is meant for the bot, and none of others", async () => {
    const shop = await givenShop();
    const name = `@${shop.fake.username}`;
    const picture = (album: string, from: typeof anna, caption?: string) => ({
      ...shop.fake.messageOf("", from, group),
      text: undefined,
      photo: [{ file_id: "x", file_unique_id: "u", width: 1, height: 1 }],
      media_group_id: album,
      ...(caption && {
        caption: `${name} ${caption}`,
        caption_entities: [{ type: "mention", offset: 0, length: name.length }],
      }),
    });
    await shop.take({ message: picture("a", anna) });
    await shop.take({ message: picture("b", anna, "Which fits?") });
    for (const [album, from] of [
      ["b", anna],
      ["a", anna],
      ["b", boris],
      ["b", anna],
    ] as const)
      await shop.take({ message: picture(album, from) });
    const said = (await threadOf(shop.ctx))?.messages.map(({ text, attachment }) => [text, attachment?.kind]);
    expect(said).toEqual([
      ["Which fits?", "photo"],
      ["", "photo"],
      ["", "photo"],
    ]);
    expect(await threadOf(shop.ctx, 1)).toBeNull();
  });

  it("that becomes a supergroup takes its talks along", async () => {
    const shop = await givenShop();
    const small = { id: -700, type: "group" };
    await shop.take({ message: shop.fake.messageOf(`@${shop.fake.username} how much?`, anna, small) });
    const first = await shop.dialogId();
    await nameVisitor(shop.ctx, { dialogId: first, name: "Anna of the flower shop" });
    await shop.take({ message: { ...shop.fake.messageOf("", anna, small), migrate_to_chat_id: group.id } });
    await shop.take({ message: { ...shop.fake.messageOf("", anna, group), migrate_from_chat_id: small.id } });
    await shop.take({ message: shop.fake.messageOf(`@${shop.fake.username} and now?`, anna, group) });
    expect(await shop.dialogId()).toBe(first);
    expect((await threadOf(shop.ctx))?.dialog.visitorName).toBe("Anna of the flower shop");
    expect(shop.fake.sent.at(-1)?.chatId).toBe(group.id);
  });

  const moved = (toChatId: number) => ({
    ok: false as const,
    error_code: 400,
    description: "Bad Request: group chat was upgraded to a supergroup chat",
    parameters: { migrate_to_chat_id: toChatId },
  });

  it.each([false, true])(
    "that became a supergroup while the answer was written gets it there, as no reply to a stranger's message (told: %s)",
    async (isTold) => {
      const shop = await givenShop();
      const small = { id: -701, type: "group" };
      const grown = { id: -1_002_345_678_901, type: "supergroup" };
      shop.fake.messageOf("", anna, grown);
      const news = { message: { ...shop.fake.messageOf("", anna, small), migrate_to_chat_id: grown.id } };
      telegram.mishap = async (method) => {
        if (method !== "sendMessage") return undefined;
        telegram.mishap = () => undefined;
        if (isTold) await shop.take(news);
        return moved(grown.id);
      };
      await shop.take({ message: shop.fake.messageOf(`@${shop.fake.username} how much?`, anna, small) });
      await runDelivery(db, await shop.dialogId());
      expect(shop.fake.sent).toMatchObject([{ chatId: grown.id, replyTo: null }]);
      expect((await threadOf(shop.ctx))?.messages.at(-1)?.delivery).toBe("sent");
    },
  );

  it("that became a supergroup where the person talks already fails to get the answer, and says so once", async () => {
    const shop = await givenShop();
    const small = { id: -702, type: "group" };
    await shop.take({ message: shop.fake.messageOf(`@${shop.fake.username} hello`, anna, group) });
    shop.fake.script("sendMessage", moved(group.id));
    await shop.take({ message: shop.fake.messageOf(`@${shop.fake.username} how much?`, anna, small) });
    expect(shop.fake.sent).toHaveLength(1);
    expect((await threadOf(shop.ctx))?.messages.at(-1)?.delivery).toBe("failed");
  });

  it.each([
    ["a post of a channel", { channel_post: { message_id: 1, chat: { id: -1, type: "channel" }, text: "hi" } }],
    ["an anonymous admin", { message: { message_id: 1, chat: group, sender_chat: group, text: "/help" } }],
    ["nobody", { message: { message_id: 1, chat: group, text: "/help" } }],
  ])("is not answered to %s, and the update says why", async (_, content) => {
    const shop = await givenShop();
    const updateId = await shop.take(content);
    expect(await updateState(db, shop.bot.id, updateId)).toBe("ignored");
    expect(await threadOf(shop.ctx)).toBeNull();
  });
});

it("shows the owner that an update could not be read, and where it is wrong", async () => {
  const shop = await givenShop();
  await shop.take({ message: { message_id: 1, chat: { id: "5", type: "private" }, text: "hi" } });
  const { checks } = await doctorBot(shop.ctx, { id: shop.bot.id });
  expect(checks).toContainEqual(
    expect.objectContaining({ finding: "malformed", facts: { count: 1, place: "message.chat.id" } }),
  );
});

it("forgets updates that were processed more than two weeks ago, and keeps those that failed to be processed", async () => {
  const shop = await givenShop();
  const [old, recent] = [await shop.says("/help"), await shop.says("/help")];
  await ageUpdates(db, shop.bot.id, old, 15);
  await pruneUpdatesJob.run(jobCtx(db, pruneUpdatesJob), {});
  expect(await updateState(db, shop.bot.id, old)).toBeNull();
  expect(await updateState(db, shop.bot.id, recent)).toBe("processed");
  await runDelivery(db, await shop.dialogId());
});
