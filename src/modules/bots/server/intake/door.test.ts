import { afterAll, describe, expect, it } from "vitest";
import { FakeTelegram } from "../../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { givenAssistant } from "@/modules/assistants/testing";
import { countWaiting, givenBot, updateState } from "@/modules/bots/testing";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { processUpdateJob } from "../jobs";
import { disconnectBot } from "../service";
import { receiveWebhook } from "./door";

const telegram = await new FakeTelegram().start();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, {
  TELEGRAM_API_ROOT: telegram.url,
  TELEGRAM_MODE: "webhook",
  APP_URL: "http://127.0.0.1:1",
});

const db = testDb();
afterAll(() => telegram.stop());

async function givenDoor() {
  const { ctx } = await givenWorkspace(db);
  const { bot, fake } = await givenBot(ctx, telegram, (await givenAssistant(ctx)).id);
  const path = fake.webhook?.url.split("/").at(-1) ?? "";
  const call = (body: BodyInit, secret = fake.webhook?.secret ?? "", headers: Record<string, string> = {}) => {
    const init = {
      method: "POST",
      body,
      duplex: "half",
      headers: { "x-telegram-bot-api-secret-token": secret, ...headers },
    };
    return receiveWebhook(path, new Request(`http://127.0.0.1:1/api/telegram/${path}`, init)).then(
      ({ status }) => status,
    );
  };
  return { ctx, bot, fake, path, call };
}

const update = (id: number, text = "hi") =>
  JSON.stringify({
    update_id: id,
    message: {
      message_id: 1,
      date: 1,
      chat: { id: 5, type: "private" },
      from: { id: 5, is_bot: false, first_name: "A" },
      text,
    },
  });

describe("the webhook door", () => {
  it("records an update with the job that answers it", async () => {
    const { bot, call } = await givenDoor();
    expect(await call(update(7))).toBe(200);
    expect(await updateState(db, bot.id, 7)).toBe("recorded");
    expect(await countWaiting(db, processUpdateJob, { botId: bot.id })).toBe(1);
  });

  it("keeps one row and one job of an update that comes three times at once, and again later", async () => {
    const { bot, call } = await givenDoor();
    expect(await Promise.all([call(update(7)), call(update(7)), call(update(7))])).toEqual([200, 200, 200]);
    expect(await call(update(7))).toBe(200);
    expect(await countWaiting(db, processUpdateJob, { botId: bot.id })).toBe(1);
  });

  it.each(["nothing", "\u0000", "../x", "x".repeat(5_000)])("does not know the address %j", async (path) => {
    const request = new Request("http://127.0.0.1:1/api/telegram/nothing", { method: "POST", body: update(1) });
    expect((await receiveWebhook(path, request)).status).toBe(404);
  });

  it.each([
    ["a wrong one", "wrong"],
    ["none", ""],
    ["a longer one", "x".repeat(500)],
  ])("refuses %s in place of the secret", async (_, secret) => {
    const { bot, call } = await givenDoor();
    expect(await call(update(7), secret)).toBe(401);
    expect(await updateState(db, bot.id, 7)).toBeNull();
  });

  it("refuses the secret of another bot", async () => {
    const [one, two] = [await givenDoor(), await givenDoor()];
    expect(await one.call(update(7), two.fake.webhook?.secret)).toBe(401);
  });

  it("refuses more than a megabyte, also when its length was announced smaller", async () => {
    const { call } = await givenDoor();
    const large = update(7, "x".repeat(1024 * 1024));
    expect(await call(large)).toBe(413);
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (let sent = 0; sent < 40; sent += 1) controller.enqueue(new Uint8Array(32 * 1024).fill(32));
        controller.close();
      },
    });
    expect(await call(stream, undefined, { "content-length": "10" })).toBe(413);
  });

  it.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["null", "null"],
    ["a list", "[]"],
    ["no id", "{}"],
    ["a text for an id", '{"update_id":"7"}'],
    ["a negative id", '{"update_id":-1}'],
    ["a fraction", '{"update_id":1.5}'],
    ["an id beyond counting", '{"update_id":1e300}'],
  ])("answers 400 to %s", async (_, body) => {
    const { call } = await givenDoor();
    expect(await call(body)).toBe(400);
  });

  it("answers 400 to bytes that are no UTF-8", async () => {
    const { call } = await givenDoor();
    expect(await call(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]))).toBe(400);
  });

  it.each([
    ["a NUL", "a\u0000b"],
    ["half a character", "a\ud83db"],
    ["a backslash before u0000", "a\\u0000b"],
    ["emoji and ё", "🎄 ёлка"],
  ])("records a text with %s", async (_, text) => {
    const { bot, call } = await givenDoor();
    expect(await call(update(7, text))).toBe(200);
    expect(await updateState(db, bot.id, 7)).toBe("recorded");
  });

  it("records updates of any shape that have an id", async () => {
    const { bot, call } = await givenDoor();
    expect(await call('{"update_id":7,"message":{"chat":"?"},"poll":{"id":"1"}}')).toBe(200);
    expect(await updateState(db, bot.id, 7)).toBe("recorded");
  });

  it("is closed the moment the bot is disconnected, also for calls that knew it", async () => {
    const { ctx, bot, fake, call } = await givenDoor();
    const secret = fake.webhook?.secret;
    expect(await call(update(7))).toBe(200);
    fake.script("deleteWebhook", { ok: false, error_code: 502, description: "Bad Gateway" });
    await disconnectBot(ctx, { id: bot.id });
    expect(await call(update(8), secret)).toBe(404);
    expect(await updateState(db, bot.id, 8)).toBeNull();
  });
});
