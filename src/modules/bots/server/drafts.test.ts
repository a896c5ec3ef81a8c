import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startModelServer } from "../../../../e2e/fakes/model-server";
import { FakeTelegram } from "../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenBot, startDoor, threadOf } from "@/modules/bots/testing";
import { setLimit } from "@/modules/system/server/settings";
import { givenWorkspace } from "@/modules/workspaces/testing";
import type { JobRunner } from "@/server/jobs/run";
import { startWorker } from "@/server/jobs/testing";
import { Drafts } from "./drafts";
import { botJobs } from "./jobs";

const telegram = await new FakeTelegram().start();
const model = await startModelServer();
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
  await setLimit(db, "burstQuietMs", 0);
  runner = await startWorker(botJobs);
});
beforeEach(() => setLimit(db, "telegramDraftEveryMs", 1_000));
afterAll(async () => {
  await runner.stop();
  await door.stop();
  await model.close();
  await telegram.stop();
});

const WORDS = Array.from({ length: 24 }, (_, n) => `**word${n}**`).join(" ");

async function givenSlowAnswer() {
  model.set({ firstTokenMs: 0, tokenMs: 100, reply: () => WORDS });
  const { ctx } = await givenWorkspace(db);
  const assistant = await givenAssistant(ctx, { language: "en" });
  return { ctx, ...(await givenBot(ctx, telegram, assistant.id)) };
}

type Shop = Awaited<ReturnType<typeof givenSlowAnswer>>;

const draftsOf = ({ fake }: Shop) => fake.calls.filter(({ method }) => method === "sendMessageDraft");
const typingOf = ({ fake }: Shop) => fake.calls.filter(({ method }) => method === "sendChatAction");

describe("an answer that takes its time", () => {
  it("is shown in a private chat as it is written, with a button to stop, and then sent as a message", async () => {
    const shop = await givenSlowAnswer();
    await shop.fake.visitorSends("Tell me everything");
    await shop.fake.until(() => shop.fake.drafts.size > 0, 15_000, "the first draft");
    const [first] = draftsOf(shop);
    expect(first?.payload).toMatchObject({ can_stop: true, parse_mode: "HTML" });
    expect(String(first?.payload.text)).toMatch(/^<b>word0<\/b>/);
    const reply = await shop.fake.waitForReply(1);
    expect(reply.text).toMatch(/^word0 .* word23/s);
    // The answer took some two and a half seconds, and drafts are a second apart.
    expect(draftsOf(shop).length).toBeLessThanOrEqual(3);
    expect(shop.fake.drafts.size).toBe(0);
    expect(typingOf(shop).length).toBeGreaterThan(0);
  });

  it("is not drafted again after Telegram refused a draft, and arrives all the same", async () => {
    const shop = await givenSlowAnswer();
    shop.fake.script("sendMessageDraft", { ok: false, error_code: 404, description: "Not Found: method not found" });
    await shop.fake.visitorSends("Tell me everything");
    await shop.fake.waitForReply(1);
    expect(shop.fake.drafts.size).toBe(0);
    await shop.fake.visitorSends("And again");
    await shop.fake.waitForReply(2);
    expect(draftsOf(shop)).toHaveLength(0);
    expect((await threadOf(shop.ctx))?.messages.filter(({ author }) => author === "assistant")).toHaveLength(2);
  });

  it("is drafted for others after one person blocked the bot in the middle of it", async () => {
    const shop = await givenSlowAnswer();
    const gone = { ok: false as const, error_code: 403, description: "Forbidden: bot was blocked by the user" };
    shop.fake.script("sendMessageDraft", gone);
    await shop.fake.visitorSends("Tell me everything");
    await shop.fake.waitForReply(1);
    expect(shop.fake.drafts.size).toBe(0);
    await shop.fake.visitorSends("And me", { id: 501_777, first_name: "Boris" });
    await shop.fake.until(() => shop.fake.drafts.size > 0, 15_000, "a draft for the other");
  });

  it("is not drafted where the platform switched drafts off, nor in groups", async () => {
    const shop = await givenSlowAnswer();
    const group = { id: -100_700, type: "supergroup" };
    const message = shop.fake.messageOf(`@${shop.fake.username} tell me`, shop.fake.visitor, group);
    await shop.fake.deliver({ message });
    await shop.fake.waitForReply(1);
    expect(draftsOf(shop)).toHaveLength(0);
    await setLimit(db, "telegramDraftEveryMs", 0);
    await shop.fake.visitorSends("Tell me everything");
    await shop.fake.waitForReply(2);
    expect(draftsOf(shop)).toHaveLength(0);
  });

  it("ends its drafts and nothing else when one cannot even be made", async () => {
    const bot = { id: newId(), tokenSealed: "of another row" };
    const drafts = new Drafts(bot, { chatId: 5, threadId: null }, 1, 50);
    drafts.hear("Hello");
    await delay(600);
    await expect(drafts.end()).resolves.toBeUndefined();
  });

  it("costs no draft when it is there at once", async () => {
    const shop = await givenSlowAnswer();
    model.set({ firstTokenMs: 0, tokenMs: 0, reply: () => "Soon." });
    await shop.fake.visitorSends("When?");
    await shop.fake.waitForReply(1);
    expect(draftsOf(shop)).toHaveLength(0);
  });
});
