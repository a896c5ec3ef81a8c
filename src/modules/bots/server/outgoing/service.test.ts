import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeTelegram } from "../../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { countWaiting, runUpdate, threadOf, updateState } from "@/modules/bots/testing";
import { lettersTo } from "@/modules/email/testing";
import { setLimit } from "@/modules/system/server/settings";
import { closeDb, db as pool, openDb } from "@/db/client";
import { requiredSecret } from "@/server/env";
import { jobCtx } from "@/server/jobs/testing";
import { disconnectBot, requireBot } from "../service";
import { recordRawUpdate } from "../intake/record";
import { deliverJob } from "../jobs";
import { claimPart } from "./repository";
import { givenChat as givenGreeting } from "./testing";

const telegram = await new FakeTelegram().start();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, { TELEGRAM_API_ROOT: telegram.url, TELEGRAM_MODE: "polling" });

const db = testDb();
// Answers come in the update's own job, without the pause for bursts.
beforeAll(() => setLimit(db, "burstQuietMs", 0));
afterAll(() => telegram.stop());

const givenChat = (greeting?: string) => givenGreeting(db, telegram, greeting);

describe("delivering an answer", () => {
  it("sends it once, however often its job and its update run", async () => {
    const { bot, fake, updateId, deliver, states } = await givenChat();
    await Promise.all([deliver(), deliver(), deliver()]);
    await runUpdate(db, bot.id, updateId);
    await deliver();
    expect(fake.sent.map(({ text }) => text)).toEqual(["Hello"]);
    expect(await states()).toEqual(["sent"]);
    expect(await updateState(db, bot.id, updateId)).toBe("processed");
  });

  it("marks as uncertain what a dead process was sending, and never sends it again", async () => {
    const { ctx, fake, dialogId, deliver, states } = await givenChat();
    await claimPart(db, ctx.workspaceId, dialogId, { now: new Date(Date.now() - 60_000), leaseMs: 35_000 });
    await deliver();
    await deliver();
    expect(fake.sent).toEqual([]);
    expect(await states()).toEqual(["uncertain"]);
  });

  it("marks as uncertain what Telegram took without an answer, and never sends it again", async () => {
    const { fake, deliver, states } = await givenChat();
    fake.script("sendMessage", "reset");
    await deliver();
    await deliver();
    expect(fake.sent).toEqual([]);
    expect(await states()).toEqual(["uncertain"]);
  });

  it("records what Telegram has taken although the database drops the connection meanwhile", async () => {
    const { fake, dialogId, states } = await givenChat();
    const lossy = openDb(requiredSecret("DATABASE_URL"), { max: 1, name: "lossy" });
    telegram.mishap = async (method) => {
      if (method === "sendMessage")
        await db.execute(
          sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'lossy'`,
        );
      return undefined;
    };
    try {
      await deliverJob.run(jobCtx(lossy, deliverJob), { dialogId });
    } finally {
      telegram.mishap = () => undefined;
      await closeDb(lossy, { timeout: 1 });
    }
    expect(fake.sent).toHaveLength(1);
    expect(await states()).toEqual(["sent"]);
  });

  it("waits as long as Telegram asks, then sends", async () => {
    const { bot, fake, dialogId, deliver, states } = await givenChat();
    fake.script("sendMessage", fake.tooManyRequests(1));
    await deliver();
    expect(await states()).toEqual(["queued"]);
    expect(await countWaiting(db, deliverJob, { dialogId })).toBe(1);
    await deliver();
    expect(fake.calls.filter(({ method }) => method === "sendMessage")).toHaveLength(0);
    await expect.poll(async () => (await deliver(), fake.sent.length), { timeout: 5_000 }).toBe(1);
    expect(await states()).toEqual(["sent"]);
    expect(bot.status).toBe("online");
  });

  it("sends plain text when Telegram refuses the formatting", async () => {
    const { fake, deliver, states } = await givenChat("**Hello**");
    fake.script("sendMessage", {
      ok: false,
      error_code: 400,
      description: "Bad Request: can't parse entities: whatever",
    });
    await deliver();
    expect(fake.sent).toMatchObject([{ text: "Hello", parseMode: null }]);
    expect(await states()).toEqual(["sent"]);
  });

  it("keeps it queued while Telegram is down, delivers later and in order", async () => {
    const { fake, receive, deliver, states } = await givenChat();
    fake.script("sendMessage", { ok: false, error_code: 502, description: "Bad Gateway" });
    await expect(deliver()).rejects.toThrow("Telegram cannot be reached.");
    await receive("/help");
    expect(await states()).toEqual(["queued", "queued"]);
    await deliver();
    expect(fake.sent.map(({ text }) => text)).toEqual(["Hello", expect.stringContaining("/reset")]);
  });

  it("gives up after the last attempt and says so", async () => {
    const { fake, deliver, states } = await givenChat();
    fake.script("sendMessage", { ok: false, error_code: 502, description: "Bad Gateway" });
    await deliver({ isLastAttempt: true });
    expect(await states()).toEqual(["failed"]);
  });

  it("shows the dialog as unreachable when the visitor blocked the bot", async () => {
    const { ctx, fake, receive, deliver, states } = await givenChat();
    await receive("/help");
    fake.blockedBy(fake.visitor.id);
    await deliver();
    expect(await states()).toEqual(["failed", "failed"]);
    expect((await threadOf(ctx))?.dialog.isReachable).toBe(false);
  });

  it("keeps it queued when the token was revoked, says so in the bot's status and writes to the owner once", async () => {
    const { ctx, user, bot, fake, deliver, states } = await givenChat();
    telegram.revoke(fake);
    await deliver();
    await deliver();
    expect(await states()).toEqual(["queued"]);
    expect(await requireBot(ctx, bot.id)).toMatchObject({ status: "invalid_token", lastError: "token-revoked" });
    expect((await lettersTo(db, user.email)).map(({ kind }) => kind)).toEqual(["bot-token-invalid"]);
  });

  it("sends nothing after the bot was disconnected", async () => {
    const { ctx, bot, fake, deliver } = await givenChat();
    await disconnectBot(ctx, { id: bot.id });
    await deliver();
    expect(fake.sent).toEqual([]);
  });

  it("makes one answer when a question is processed twice at once and again after a restart", async () => {
    const { ctx, bot, fake, deliver } = await givenChat();
    const { update_id: updateId, ...rest } = await fake.visitorSends("Сколько стоит доставка?");
    await recordRawUpdate(pool(), bot.id, { update_id: updateId, ...rest });
    await Promise.allSettled([runUpdate(db, bot.id, updateId), runUpdate(db, bot.id, updateId)]);
    await runUpdate(db, bot.id, updateId);
    await deliver();
    const messages = (await threadOf(ctx))?.messages ?? [];
    expect(messages.map(({ author, delivery }) => [author, delivery])).toEqual([
      ["assistant", "sent"],
      ["visitor", null],
      ["assistant", "sent"],
    ]);
    expect(fake.sent).toHaveLength(2);
  });

  it("counts an update of a shape that nobody knows as failed and asks nobody to repeat it", async () => {
    const { bot } = await givenChat();
    await recordRawUpdate(pool(), bot.id, { update_id: 1, message: { chat: "?" } });
    await runUpdate(db, bot.id, 1);
    expect(await updateState(db, bot.id, 1)).toBe("failed");
  });
});
