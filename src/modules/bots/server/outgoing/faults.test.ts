import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeTelegram } from "../../../../../e2e/fakes/telegram-server";
import { db as pool } from "@/db/client";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { runUpdate, threadOf } from "@/modules/bots/testing";
import { getDelivery, retryDelivery } from "@/modules/dialogs/server/delivery/service";
import { writeMessage } from "@/modules/dialogs/server/writing";
import { setLimit } from "@/modules/system/server/settings";
import { givenWorkspace } from "@/modules/workspaces/testing";
import type { WorkspaceCtx } from "@/server/context";
import type { Job } from "@/server/jobs/define";
import { jobCtx, pendingPayloads } from "@/server/jobs/testing";
import { recordRawUpdate } from "../intake/record";
import { deliverJob, deliveryRetriedJob, deliverUnservedJob, operatorRepliedJob } from "../jobs";
import { disconnectBot } from "../service";
import { pauseBot, resumeBot } from "../upkeep";
import { claimPart, settlePart } from "./repository";
import { deliverNow } from "./service";
import { givenChat as givenGreeting } from "./testing";

const telegram = await new FakeTelegram().start();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, { TELEGRAM_API_ROOT: telegram.url, TELEGRAM_MODE: "polling" });

const db = testDb();
// Answers come in the update's own job, without the pause for bursts.
beforeAll(() => setLimit(db, "burstQuietMs", 0));
afterAll(() => telegram.stop());

const givenChat = (greeting?: string) => givenGreeting(db, telegram, greeting);
type Chat = Awaited<ReturnType<typeof givenChat>>;

const notFound = expect.objectContaining({ code: "NOT_FOUND" });
const minutesOn = (minutes: number) => ({ now: () => new Date(Date.now() + minutes * 60_000) });

const timelineOf = async (ctx: WorkspaceCtx, messageId: string) =>
  (await getDelivery(ctx, { messageId })).parts.map(({ moments }) =>
    moments.map(({ state, reason }) => (reason ? `${state}: ${reason}` : state)),
  );

/** Runs the waiting jobs of a kind that concern a dialog, as a worker would. */
async function runWaiting(job: Job, { dialogId }: Chat): Promise<void> {
  for (const payload of await pendingPayloads(db, job, { dialogId })) await job.run(jobCtx(db, job), payload);
}

describe("a crash", () => {
  it("between the answer and its delivery costs nothing: the repeated job sends what waits", async () => {
    const chat = await givenChat();
    await chat.deliver();
    const update = await chat.fake.visitorSends("Сколько стоит доставка?");
    await recordRawUpdate(pool(), chat.bot.id, update);
    // The process dies the moment it would have called Telegram.
    chat.fake.script("sendMessage", { ok: false, error_code: 502, description: "Bad Gateway" });
    await runUpdate(db, chat.bot.id, update.update_id);
    expect(chat.fake.sent).toHaveLength(1);
    await chat.deliver();
    await runUpdate(db, chat.bot.id, update.update_id);
    await chat.deliver();
    expect(chat.fake.sent).toHaveLength(2);
    expect((await threadOf(chat.ctx))?.messages.filter(({ author }) => author === "assistant")).toHaveLength(2);
  });

  it("while sending leaves the message uncertain and lets the next ones go", async () => {
    const chat = await givenChat();
    await chat.receive("/help");
    await claimPart(db, chat.ctx.workspaceId, chat.dialogId, { now: new Date(), leaseMs: 25_000 });
    await chat.deliver();
    expect(chat.fake.sent).toEqual([]);
    await deliverJob.run(jobCtx(db, deliverJob, minutesOn(1)), { dialogId: chat.dialogId });
    expect(await chat.states()).toEqual(["uncertain", "sent"]);
    expect(chat.fake.sent).toHaveLength(1);
    expect(await timelineOf(chat.ctx, chat.messageId)).toEqual([["queued", "sending", "uncertain: interrupted"]]);
  });

  it("of every process that knew about a message is made good by the sweep", async () => {
    const chat = await givenChat();
    await db.execute(sql`delete from lane_jobs where key = 'tg-out:' || ${chat.dialogId}::text`);
    await deliverUnservedJob.run(jobCtx(db, deliverUnservedJob, minutesOn(2)), {});
    await runWaiting(deliverJob, chat);
    expect(chat.sentTexts()).toEqual(["Hello"]);
  });

  it("of the process that disconnected the bot leaves nothing waiting for ever behind it", async () => {
    const chat = await givenChat();
    await chat.receive("/help");
    await claimPart(db, chat.ctx.workspaceId, chat.dialogId, { now: new Date(), leaseMs: 25_000 });
    await db.execute(sql`update bots set is_active = false where id = ${chat.bot.id}::uuid`);
    await deliverUnservedJob.run(jobCtx(db, deliverUnservedJob), {});
    expect(await chat.states()).toEqual(["sending", "queued"]);
    await deliverUnservedJob.run(jobCtx(db, deliverUnservedJob, minutesOn(2)), {});
    expect(await chat.states()).toEqual(["uncertain", "failed"]);
    expect(await timelineOf(chat.ctx, chat.messageId)).toEqual([["queued", "sending", "uncertain: interrupted"]]);
  });

  it("or a pause is no reason to give a message up: it leaves when the bot is resumed", async () => {
    const chat = await givenChat();
    await pauseBot(chat.ctx, { id: chat.bot.id });
    await deliverUnservedJob.run(jobCtx(db, deliverUnservedJob, minutesOn(60)), {});
    await resumeBot(chat.ctx, { id: chat.bot.id });
    await runWaiting(deliverJob, chat);
    expect(chat.sentTexts()).toEqual(["Hello"]);
  });

  it("is not suspected while the sender lives: what it reports late is believed", async () => {
    const chat = await givenChat();
    const { workspaceId } = chat.ctx;
    const claim = await claimPart(db, workspaceId, chat.dialogId, { now: new Date(), leaseMs: 25_000 });
    if (!claim?.part) throw new Error("Nothing was claimed.");
    await deliverJob.run(jobCtx(db, deliverJob, minutesOn(1)), { dialogId: chat.dialogId });
    expect(await chat.states()).toEqual(["uncertain"]);
    const part = { ...claim.part, dialogId: chat.dialogId };
    await settlePart(db, workspaceId, part, { state: "sent", externalId: "77" }, new Date());
    expect(await chat.states()).toEqual(["sent"]);
  });
});

describe("several workers", () => {
  it("send the parts of a long answer once and in order", async () => {
    const lines = Array.from({ length: 1_500 }, (_, line) => `Line ${line}.`);
    const chat = await givenChat(lines.join("\n\n"));
    const route = {
      workspaceId: chat.ctx.workspaceId,
      dialogId: chat.dialogId,
      botId: chat.bot.id,
      visitorKey: `tg:${chat.fake.id}:${chat.fake.visitor.id}:${chat.fake.visitor.id}`,
    };
    const workers = () => Promise.all([chat.deliver(), deliverNow(jobCtx(db, deliverJob), route), chat.deliver()]);
    await expect.poll(async () => (await workers(), (await chat.states())?.[0]), { timeout: 30_000 }).toBe("sent");
    expect(chat.fake.sent.length).toBeGreaterThan(2);
    expect(
      chat
        .sentTexts()
        .join("\n\n")
        .match(/Line \d+\./g),
    ).toEqual(lines);
  }, 40_000);
});

describe("the timeline of a message", () => {
  it("tells every state with its reason, for the own workspace only", async () => {
    const chat = await givenChat();
    chat.fake.script("sendMessage", { ok: false, error_code: 502, description: "Bad Gateway" });
    await expect(chat.deliver()).rejects.toThrow();
    await chat.deliver();
    expect(await timelineOf(chat.ctx, chat.messageId)).toEqual([
      ["queued", "sending", "queued: telegram-unavailable", "sending", "sent"],
    ]);
    const { ctx: stranger } = await givenWorkspace(db);
    await expect(getDelivery(stranger, { messageId: chat.messageId })).rejects.toThrow(notFound);
  });

  it("keeps Telegram's own number of the message", async () => {
    const chat = await givenChat();
    await chat.deliver();
    const [row] = await db.execute(
      sql`select external_id from outbox_messages where message_id = ${chat.messageId}::uuid`,
    );
    expect(row?.external_id).toBe(String(chat.fake.sent[0]?.messageId));
  });
});

describe("sending again", () => {
  it("happens once, however often the button is pressed at once", async () => {
    const chat = await givenChat();
    chat.fake.script("sendMessage", { ok: false, error_code: 400, description: "Bad Request: message text is odd" });
    await chat.deliver();
    expect(await chat.states()).toEqual(["failed"]);
    const pressed = { messageId: chat.messageId };
    const outcomes = await Promise.all([1, 2, 3].map(() => retryDelivery(chat.ctx, pressed)));
    expect(outcomes.filter(({ isRetried }) => isRetried)).toHaveLength(1);
    await runWaiting(deliveryRetriedJob, chat);
    await runWaiting(deliveryRetriedJob, chat);
    expect(chat.sentTexts()).toEqual(["Hello"]);
    expect(await chat.states()).toEqual(["sent"]);
    expect(await retryDelivery(chat.ctx, pressed)).toEqual({ delivery: "sent", isRetried: false });
    expect((await timelineOf(chat.ctx, chat.messageId))[0]).toContain("queued: retried");
  });

  it("is nobody's business in another workspace", async () => {
    const chat = await givenChat();
    const { ctx: stranger } = await givenWorkspace(db);
    await expect(retryDelivery(stranger, { messageId: chat.messageId })).rejects.toThrow(notFound);
  });

  it("is offered for what a disconnected bot left behind", async () => {
    const chat = await givenChat();
    await disconnectBot(chat.ctx, { id: chat.bot.id });
    expect(await chat.states()).toEqual(["failed"]);
    expect(await timelineOf(chat.ctx, chat.messageId)).toEqual([["queued", "failed: bot-disconnected"]]);
    await retryDelivery(chat.ctx, { messageId: chat.messageId });
    await runWaiting(deliveryRetriedJob, chat);
    expect(await chat.states()).toEqual(["failed"]);
  });

  it("while the bot is paused ends as failed for good: nothing leaves when it is resumed", async () => {
    const chat = await givenChat();
    chat.fake.script("sendMessage", { ok: false, error_code: 400, description: "Bad Request: message text is odd" });
    await chat.deliver();
    await pauseBot(chat.ctx, { id: chat.bot.id });
    await retryDelivery(chat.ctx, { messageId: chat.messageId });
    await runWaiting(deliveryRetriedJob, chat);
    expect(await chat.states()).toEqual(["failed"]);
    expect((await timelineOf(chat.ctx, chat.messageId))[0]?.at(-1)).toBe("failed: bot-disconnected");
    await resumeBot(chat.ctx, { id: chat.bot.id });
    await chat.deliver();
    expect(chat.sentTexts()).toEqual([]);
    await retryDelivery(chat.ctx, { messageId: chat.messageId });
    await runWaiting(deliveryRetriedJob, chat);
    expect(chat.sentTexts()).toEqual(["Hello"]);
  });
});

describe("what a person of the team writes", () => {
  it("leaves through the dialog's bot under the person's name, letter by letter", async () => {
    const chat = await givenChat();
    await chat.deliver();
    const { dialogId, ctx, user } = chat;
    const text = "<b>Half price</b> & *today*";
    await writeMessage(ctx, { dialogId, author: "operator", userId: user.id, clientId: newId(), text });
    await runWaiting(operatorRepliedJob, chat);
    await runWaiting(operatorRepliedJob, chat);
    expect(chat.fake.sent).toHaveLength(2);
    const reply = chat.fake.sent[1];
    expect(reply?.html).toMatch(/^<b>[^<]+, (?:оператор|operator)<\/b>\n&lt;b&gt;Half price/);
    expect(reply?.text.split("\n")[1]).toBe(text);
    expect(await chat.states()).toEqual(["sent", "sent"]);
  });

  it("is marked as failed when no bot serves the dialog any more", async () => {
    const chat = await givenChat();
    await chat.deliver();
    await disconnectBot(chat.ctx, { id: chat.bot.id });
    const message = { dialogId: chat.dialogId, author: "operator", clientId: newId(), text: "Hello?" } as const;
    await writeMessage(chat.ctx, message);
    await runWaiting(operatorRepliedJob, chat);
    expect(await chat.states()).toEqual(["sent", "failed"]);
  });
});

describe("a call that Telegram accepted and never answered", () => {
  it("is uncertain when the answer breaks off in the middle, and is not repeated", async () => {
    const chat = await givenChat();
    chat.fake.script("sendMessage", "accept-then-cut");
    await chat.deliver();
    await chat.deliver();
    expect(chat.fake.sent).toHaveLength(1);
    expect(await chat.states()).toEqual(["uncertain"]);
  });

  it("is uncertain after the time limit and never repeated by itself", async () => {
    const chat = await givenChat();
    chat.fake.script("sendMessage", "accept-then-hang");
    await chat.deliver();
    await chat.deliver();
    expect(chat.fake.sent).toHaveLength(1);
    expect(await chat.states()).toEqual(["uncertain"]);
  }, 20_000);
});
