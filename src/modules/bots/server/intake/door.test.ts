import { connect } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { FakeTelegram } from "../../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { givenAssistant } from "@/modules/assistants/testing";
import { countWaiting, givenBot, startDoor, updateState } from "@/modules/bots/testing";
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
const nodeDoor = await startDoor();
afterAll(async () => {
  await nodeDoor.stop();
  await telegram.stop();
});

/** The two ways in: Next's route, and Node's own server. */
const ways = {
  "as a route": (path: string, init: RequestInit) =>
    receiveWebhook(path, new Request(`http://127.0.0.1:1/api/telegram/${path}`, init)),
  "before Next": (path: string, init: RequestInit) => fetch(`${nodeDoor.url}/api/telegram/${path}`, init),
} as const;
type Way = keyof typeof ways;

async function givenDoor(way: Way) {
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
    return ways[way](path, init).then(({ status }) => status);
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

describe.each(Object.keys(ways) as Way[])("the webhook door %s", (way) => {
  it("records an update with the job that answers it", async () => {
    const { bot, call } = await givenDoor(way);
    expect(await call(update(7))).toBe(200);
    expect(await updateState(db, bot.id, 7)).toBe("recorded");
    expect(await countWaiting(db, processUpdateJob, { botId: bot.id })).toBe(1);
  });

  it("keeps one row and one job of an update that comes three times at once, and again later", async () => {
    const { bot, call } = await givenDoor(way);
    expect(await Promise.all([call(update(7)), call(update(7)), call(update(7))])).toEqual([200, 200, 200]);
    expect(await call(update(7))).toBe(200);
    expect(await countWaiting(db, processUpdateJob, { botId: bot.id })).toBe(1);
  });

  it.each(["nothing", "x".repeat(5_000), "%00", "a%2Fb"])("does not know the address %j", async (path) => {
    expect((await ways[way](path, { method: "POST", body: update(1) })).status).toBe(404);
  });

  it.each([
    ["a wrong one", "wrong"],
    ["none", ""],
    ["a longer one", "x".repeat(500)],
  ])("refuses %s in place of the secret", async (_, secret) => {
    const { bot, call } = await givenDoor(way);
    expect(await call(update(7), secret)).toBe(401);
    expect(await updateState(db, bot.id, 7)).toBeNull();
  });

  it("refuses the secret of another bot", async () => {
    const [one, two] = [await givenDoor(way), await givenDoor(way)];
    expect(await one.call(update(7), two.fake.webhook?.secret)).toBe(401);
  });

  it("refuses more than a megabyte, also when its length was announced smaller", async () => {
    const { call } = await givenDoor(way);
    const large = update(7, "x".repeat(1024 * 1024));
    expect(await call(large)).toBe(413);
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (let sent = 0; sent < 40; sent += 1) controller.enqueue(new Uint8Array(32 * 1024).fill(32));
        controller.close();
      },
    });
    // No sender can announce less than it sends to Node's own server, which holds it to its word.
    expect(await call(stream, undefined, way === "as a route" ? { "content-length": "10" } : {})).toBe(413);
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
    const { call } = await givenDoor(way);
    expect(await call(body)).toBe(400);
  });

  it("answers 400 to bytes that are no UTF-8", async () => {
    const { call } = await givenDoor(way);
    expect(await call(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]))).toBe(400);
  });

  it.each([
    ["a NUL", "a\u0000b"],
    ["half a character", "a\ud83db"],
    ["a backslash before u0000", "a\\u0000b"],
    ["emoji and ё", "🎄 ёлка"],
  ])("records a text with %s", async (_, text) => {
    const { bot, call } = await givenDoor(way);
    expect(await call(update(7, text))).toBe(200);
    expect(await updateState(db, bot.id, 7)).toBe("recorded");
  });

  it("records updates of any shape that have an id", async () => {
    const { bot, call } = await givenDoor(way);
    expect(await call('{"update_id":7,"message":{"chat":"?"},"poll":{"id":"1"}}')).toBe(200);
    expect(await updateState(db, bot.id, 7)).toBe("recorded");
  });

  it("is closed the moment the bot is disconnected, also for calls that knew it", async () => {
    const { ctx, bot, fake, call } = await givenDoor(way);
    const secret = fake.webhook?.secret;
    expect(await call(update(7))).toBe(200);
    fake.script("deleteWebhook", { ok: false, error_code: 502, description: "Bad Gateway" });
    await disconnectBot(ctx, { id: bot.id });
    expect(await call(update(8), secret)).toBe(404);
    expect(await updateState(db, bot.id, 8)).toBeNull();
  });
});

describe("the webhook door before Next", () => {
  /** Sends raw bytes and resolves to what came back until the connection ended or `ms` passed. */
  const exchange = (bytes: string, { hangsUp = false, ms = 300 } = {}) =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(nodeDoor.url).port), "127.0.0.1");
      let heard = "";
      socket.on("data", (chunk: Buffer) => (heard += chunk.toString()));
      socket.on("error", () => undefined);
      socket.on("close", () => resolve(heard));
      socket.write(bytes, () => hangsUp && socket.destroy());
      setTimeout(() => socket.destroy(), ms);
    });
  const head = (path: string, secret: string, length: number) =>
    `POST /api/telegram/${path} HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: ${secret}\r\nContent-Length: ${length}\r\n\r\n`;

  it("answers one call after the other on a connection, also behind a refused one", async () => {
    const { bot, fake, path } = await givenDoor("before Next");
    const calls = [7, 8, 9].map((id) => {
      const secret = id === 8 ? "wrong" : (fake.webhook?.secret ?? "");
      return head(path, secret, update(id).length) + update(id);
    });
    const heard = await exchange(calls.join(""));
    expect(heard.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 401", "HTTP/1.1 200"]);
    expect(heard).toMatch(/content-length: 0/i);
    expect(await Promise.all([7, 8, 9].map((id) => updateState(db, bot.id, id)))).toEqual([
      "recorded",
      null,
      "recorded",
    ]);
  });

  it("outlives a sender that hangs up in the middle", async () => {
    const { bot, fake, path, call } = await givenDoor("before Next");
    expect(await exchange(head(path, fake.webhook?.secret ?? "", 500) + "{", { hangsUp: true })).toBe("");
    expect(await call(update(7))).toBe(200);
    expect(await updateState(db, bot.id, 7)).toBe("recorded");
  });

  it("tells a sender of far too much, and cuts it off", async () => {
    const { fake, path } = await givenDoor("before Next");
    const endless = head(path, fake.webhook?.secret ?? "", 50_000_000) + "x".repeat(4_000_000);
    expect(await exchange(endless, { ms: 3_000 })).toMatch(/^HTTP\/1\.1 413 /);
  });
});
