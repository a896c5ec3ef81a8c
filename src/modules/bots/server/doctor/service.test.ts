import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { FakeTelegram } from "../../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { givenAssistant } from "@/modules/assistants/testing";
import { auditedOperations } from "@/modules/audit/testing";
import { updateRecorded } from "@/modules/bots/events";
import { givenBot, startDoor, updateState } from "@/modules/bots/testing";
import { listAssistants } from "@/modules/assistants/server/service";
import { lettersTo } from "@/modules/email/testing";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { jobCtx } from "@/server/jobs/testing";
import { recordRawUpdate } from "../intake/record";
import { examineBotsJob } from "../jobs";
import { disconnectBot, listBots, requireBot } from "../service";
import { pauseBot, repairBot, resumeBot } from "../upkeep";

const telegram = await new FakeTelegram().start();
const door = await startDoor();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, { TELEGRAM_API_ROOT: telegram.url, TELEGRAM_MODE: "webhook", APP_URL: door.url });

const db = testDb();
afterAll(async () => {
  await door.stop();
  await telegram.stop();
});

const notFound = expect.objectContaining({ code: "NOT_FOUND" });
const thief = { url: "https://thief.example/hook", secret: "x", allowed: [] };
let visitedAt = Date.now();

async function givenShop() {
  const { ctx, user } = await givenWorkspace(db);
  const assistant = await givenAssistant(ctx);
  const { bot, fake } = await givenBot(ctx, telegram, assistant.id);
  return { ctx, user, assistant, bot, fake, now: () => requireBot(ctx, bot.id) };
}

/** In which lane each waiting job of a bot's updates runs. */
async function lanesOf(botId: string): Promise<string[]> {
  const rows = await db.execute<{ lane: string }>(sql`
    select lane || '#' || (payload->>'updateId') as lane from lane_jobs
    where name = ${updateRecorded.name} and payload->>'botId' = ${botId}`);
  return rows.map(({ lane }) => lane);
}

/** The doctor's next round, a minute after the last one. */
async function makeRound(): Promise<void> {
  visitedAt += 60_000;
  const at = new Date(visitedAt);
  await examineBotsJob.run(jobCtx(db, examineBotsJob, { now: () => at }), {});
}

describe("the doctor's round", () => {
  it("finds a stolen bot, says so in its card, and writes to the owner once", async () => {
    const { user, fake, now } = await givenShop();
    fake.webhook = thief;
    await makeRound();
    await makeRound();
    expect(await now()).toMatchObject({ status: "error", lastError: "taken-over" });
    expect((await now()).checks).toContainEqual({
      check: "receiving",
      level: "fault",
      finding: "foreign-webhook",
      facts: { host: "thief.example" },
    });
    expect(fake.webhook).toBe(thief);
    expect((await lettersTo(db, user.email)).map(({ kind }) => kind)).toEqual(["bot-taken-over"]);
  });

  it("mends a missing webhook and outdated kinds of updates by itself", async () => {
    const [missing, outdated] = [await givenShop(), await givenShop()];
    missing.fake.webhook = null;
    if (outdated.fake.webhook) outdated.fake.webhook.allowed = ["message"];
    await makeRound();
    expect(missing.fake.webhook).toMatchObject({ url: expect.stringContaining(door.url) });
    expect(outdated.fake.webhook?.allowed).toContain("callback_query");
    expect(await missing.now()).toMatchObject({ status: "online", lastError: null });
  });

  it("finds a webhook that fails, and that it works again", async () => {
    const { fake, now } = await givenShop();
    fake.failDelivery("Wrong response from the webhook: 403 Forbidden", new Date(visitedAt + 30_000));
    await makeRound();
    expect(await now()).toMatchObject({ status: "error", lastError: "webhook-failing" });
    fake.failDelivery("Wrong response from the webhook: 403 Forbidden", new Date(visitedAt - 3_600_000));
    await makeRound();
    expect(await now()).toMatchObject({ status: "online", lastError: null });
  });

  it("finds a growing queue and shows how many wait", async () => {
    const { fake, now } = await givenShop();
    fake.pileUp(30);
    await makeRound();
    fake.pileUp(30);
    await makeRound();
    expect(await now()).toMatchObject({ lastError: "queue-growing", pendingUpdates: 60 });
  });

  it("finds a revoked token, writes to the owner once and asks no more", async () => {
    const { user, fake, now } = await givenShop();
    telegram.revoke(fake);
    await makeRound();
    await makeRound();
    expect(await now()).toMatchObject({ status: "invalid_token", lastError: "token-revoked" });
    expect((await lettersTo(db, user.email)).map(({ kind }) => kind)).toEqual(["bot-token-invalid"]);
  });

  it("visits every bot, also when the call for one of them fails", async () => {
    const shops = await Promise.all(Array.from({ length: 20 }, givenShop));
    shops[0]?.fake.script("getWebhookInfo", "reset");
    await makeRound();
    for (const { now } of shops) expect((await now()).checkedAt).not.toBeNull();
  });
});

describe("taking a bot back", () => {
  it("points its webhook at us again, is written down, and says at once how it is", async () => {
    const { ctx, bot, fake, now } = await givenShop();
    fake.webhook = thief;
    await makeRound();
    const { checks } = await repairBot(ctx, { id: bot.id });
    expect(checks.find(({ check }) => check === "receiving")).toMatchObject({ level: "ok", finding: "webhook" });
    expect(await now()).toMatchObject({ status: "online", lastError: null });
    expect(await auditedOperations(db, bot.id)).toContain("bots.repaired");
  });

  it("is refused for a revoked token, a paused bot and a bot of another workspace", async () => {
    const { ctx, bot, fake } = await givenShop();
    await pauseBot(ctx, { id: bot.id });
    await expect(repairBot(ctx, { id: bot.id })).rejects.toMatchObject({ code: "CONFLICT" });
    await resumeBot(ctx, { id: bot.id });
    telegram.revoke(fake);
    await expect(repairBot(ctx, { id: bot.id })).rejects.toMatchObject({ code: "BOT_TOKEN_INVALID" });
    const { ctx: stranger } = await givenWorkspace(db);
    await expect(repairBot(stranger, { id: bot.id })).rejects.toThrow(notFound);
  });
});

describe("pausing a bot", () => {
  it("silences it at once; what visitors wrote meanwhile is received when it is resumed", async () => {
    const { ctx, bot, fake } = await givenShop();
    expect(await pauseBot(ctx, { id: bot.id })).toMatchObject({ isPaused: true, status: "offline" });
    expect(fake.webhook).toBeNull();
    const { update_id: updateId } = await fake.visitorSends("Anybody there?");
    await pauseBot(ctx, { id: bot.id });
    expect(await updateState(db, bot.id, updateId)).toBeNull();
    expect(await resumeBot(ctx, { id: bot.id })).toMatchObject({ isPaused: false, status: "online" });
    await resumeBot(ctx, { id: bot.id });
    await expect.poll(() => updateState(db, bot.id, updateId)).toBe("recorded");
  });

  it("and resuming it at once answers nothing twice: what is recorded stays in its lane", async () => {
    const { ctx, bot, fake } = await givenShop();
    const updates = [await fake.visitorSends("Anybody there?"), { update_id: 999_000, poll: { id: "1" } }];
    for (const update of updates) await recordRawUpdate(db, bot.id, update);
    const before = await lanesOf(bot.id);
    await pauseBot(ctx, { id: bot.id });
    await resumeBot(ctx, { id: bot.id });
    const lanes = await lanesOf(bot.id);
    expect(lanes).toHaveLength(4);
    expect(new Set(lanes)).toEqual(new Set(before));
    expect(new Set(lanes).size).toBe(2);
  });

  it("keeps its card, its token and its place; disconnecting removes them", async () => {
    const { ctx, assistant, bot } = await givenShop();
    const cards = async () =>
      (await listAssistants(ctx, { limit: 10 })).items.find(({ id }) => id === assistant.id)?.bots;
    await pauseBot(ctx, { id: bot.id });
    expect((await listBots(ctx, {})).items).toMatchObject([{ id: bot.id, isPaused: true }]);
    expect(await cards()).toHaveLength(1);
    await disconnectBot(ctx, { id: bot.id });
    expect((await listBots(ctx, {})).items).toEqual([]);
    expect(await cards()).toEqual([]);
  });

  it("is nobody's business in another workspace", async () => {
    const { bot } = await givenShop();
    const { ctx: stranger } = await givenWorkspace(db);
    await expect(pauseBot(stranger, { id: bot.id })).rejects.toThrow(notFound);
    await expect(resumeBot(stranger, { id: bot.id })).rejects.toThrow(notFound);
  });
});
