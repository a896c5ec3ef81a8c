import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeTelegram } from "../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenBot } from "@/modules/bots/testing";
import { givenWorkspace } from "@/modules/workspaces/testing";
import type { JobRunner } from "@/server/jobs/run";
import { startWorker } from "@/server/jobs/testing";
import { botJobs } from "./jobs";
import { type Receiving, startReceiving } from "./receiving";
import { connectBot, disconnectBot, requireBot } from "./service";

const telegram = await new FakeTelegram().start();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, { TELEGRAM_API_ROOT: telegram.url, TELEGRAM_MODE: "polling" });

const db = testDb();
let workers: Receiving[];
let runner: JobRunner;
beforeAll(async () => {
  runner = await startWorker(botJobs);
  workers = [await startReceiving(), await startReceiving()];
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await runner.stop();
  await telegram.stop();
});

async function givenPolledBot() {
  const { ctx } = await givenWorkspace(db);
  const assistant = await givenAssistant(ctx, { greeting: "Hello" });
  return { ctx, assistant, ...(await givenBot(ctx, telegram, assistant.id)) };
}

const polls = (fake: { calls: { method: string }[] }) =>
  fake.calls.filter(({ method }) => method === "getUpdates").length;

describe("long polling by two workers", () => {
  it("begins within a second of connecting and answers", async () => {
    const { fake } = await givenPolledBot();
    await fake.until(() => polls(fake) > 0, 1_000, "the first poll");
    await fake.visitorSends("/start");
    expect((await fake.waitForReply(1)).text).toBe("Hello");
  });

  it("answers what waited before the bot was connected", async () => {
    const { ctx } = await givenWorkspace(db);
    const fake = telegram.addBot();
    await fake.visitorSends("/start");
    await connectBot(ctx, { assistantId: (await givenAssistant(ctx, { greeting: "Late" })).id, token: fake.token });
    expect((await fake.waitForReply(1)).text).toBe("Late");
  });

  it("asks from one place only", async () => {
    const { ctx, bot, fake } = await givenPolledBot();
    await fake.visitorSends("/start");
    await fake.waitForReply(1);
    await fake.visitorSends("/help");
    await fake.waitForReply(2);
    expect(await requireBot(ctx, bot.id)).toMatchObject({ status: "online", lastError: null });
    expect(fake.sent).toHaveLength(2);
  });

  it("stops when the bot is disconnected", async () => {
    const { ctx, bot, fake } = await givenPolledBot();
    await fake.until(() => polls(fake) > 0);
    await disconnectBot(ctx, { id: bot.id });
    await new Promise<void>((resolve) => fake.whenPollEnds(resolve));
    await fake.visitorSends("/start");
    const { fake: other } = await givenPolledBot();
    await other.visitorSends("/start");
    await other.waitForReply(1);
    expect(fake.sent).toEqual([]);
  });

  it("tells when another program polls the same bot", async () => {
    const { ctx, bot, fake } = await givenPolledBot();
    await fake.until(() => polls(fake) > 0);
    fake.webhook = { url: "https://thief.example/hook", secret: "x", allowed: [] };
    fake.close();
    // The first refusal may be an echo of our own poll, so the second one counts.
    await expect.poll(async () => (await requireBot(ctx, bot.id)).lastError, { timeout: 15_000 }).toBe("taken-over");
  });

  it("tells when the token was revoked", async () => {
    const { ctx, bot, fake } = await givenPolledBot();
    await fake.until(() => polls(fake) > 0);
    telegram.revoke(fake);
    // The running poll ends with a conflict first; the next one is refused.
    await expect.poll(async () => (await requireBot(ctx, bot.id)).status, { timeout: 15_000 }).toBe("invalid_token");
  });

  it("goes on in the other worker when one stops", async () => {
    const { fake } = await givenPolledBot();
    await fake.visitorSends("/start");
    await fake.waitForReply(1);
    await workers[0]?.stop();
    await fake.visitorSends("/help");
    await fake.waitForReply(2);
    expect(fake.sent).toHaveLength(2);
  });
});
