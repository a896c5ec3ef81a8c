import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startModelServer } from "../../../../e2e/fakes/model-server";
import { FakeTelegram } from "../../../../e2e/fakes/telegram-server";
import { bots } from "@/db/schema/bots";
import { outboxMessages } from "@/db/schema/outbox";
import { testDb } from "@/db/testing";
import { givenAssistant } from "@/modules/assistants/testing";
import { countWaiting, givenBot, recordAndRun, runDelivery, threadOf } from "@/modules/bots/testing";
import { accountsOf } from "@/modules/balance/testing";
import { startTurn } from "@/modules/chat/server/turn";
import { givenQuestion } from "@/modules/chat/testing";
import { setLimit } from "@/modules/system/server/settings";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { deliverJob } from "./jobs";
import { disconnectBot } from "./service";

const telegram = await new FakeTelegram().start();
const model = await startModelServer();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, {
  TELEGRAM_API_ROOT: telegram.url,
  TELEGRAM_MODE: "polling",
  OPENAI_BASE_URL: model.url,
  AI_MODEL: "fake-standard",
});

const db = testDb();
beforeAll(() => setLimit(db, "burstQuietMs", 0));
beforeEach(() => model.set({ firstTokenMs: 0, reply: () => "It costs 300 roubles." }));
afterAll(async () => {
  await model.close();
  await telegram.stop();
});

async function givenShop() {
  const { ctx } = await givenWorkspace(db);
  const { id: assistantId } = await givenAssistant(ctx, { language: "en" });
  const { bot, fake } = await givenBot(ctx, telegram, assistantId);
  const ask = (text: string) => recordAndRun(db, bot.id, { message: fake.messageOf(text) });
  const partsOf = (messageId: string) =>
    db.select().from(outboxMessages).where(eq(outboxMessages.messageId, messageId)).orderBy(outboxMessages.part);
  const lastMessage = async () => {
    const message = (await threadOf(ctx))?.messages.at(-1);
    if (!message) throw new Error("Nothing was said.");
    return message;
  };
  return { ctx, assistantId, bot, fake, ask, partsOf, lastMessage };
}

type Shop = Awaited<ReturnType<typeof givenShop>>;

/** Another process begins to send in the dialog while the model writes, and is through once the answer waits for it. */
function sendingMeanwhile(shop: Shop, dialogId: string, messageId: string): Promise<void> {
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  const send = () =>
    db.transaction(async (tx) => {
      const { ctx, bot } = shop;
      const part = { workspaceId: ctx.workspaceId, dialogId, messageId, botId: bot.id, part: 9, html: "x", plain: "x" };
      await tx.insert(outboxMessages).values({ ...part, state: "sending", leasedUntil: new Date(Date.now() + 60_000) });
      await expect.poll(() => isWaitedFor(tx)).toBe(true);
    });
  model.set({
    firstTokenMs: 60,
    reply: () => {
      void send().then(resolve, reject);
      return "It takes two days.";
    },
  });
  return done;
}

async function isWaitedFor(tx: Pick<typeof db, "execute">): Promise<boolean> {
  const rows = await tx.execute(
    sql`select 1 from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))`,
  );
  return rows.length > 0;
}

describe("an answer on its way out", () => {
  it("costs nothing when its bot is disconnected before it is written, also when nobody told its turn", async () => {
    const { ctx, bot, assistantId } = await givenShop();
    const { availableMicros } = await accountsOf(db, ctx.workspaceId);
    const ref = await givenQuestion(ctx, assistantId, { channel: "telegram", botId: bot.id });
    let disconnected: Promise<unknown> | undefined;
    const disconnect = () => (disconnected ??= disconnectBot(ctx, { id: bot.id }));
    model.set({ firstTokenMs: 300, reply: () => (void disconnect(), "It costs 300 roubles.") });
    const leaveAs = () => ({ botId: bot.id, parts: [{ html: "x", plain: "x" }] });
    expect(await startTurn(ctx, ref, { leaveAs })).toMatchObject({ ok: false, reason: "discarded" });
    await disconnected;
    expect(await accountsOf(db, ctx.workspaceId)).toMatchObject({ availableMicros, heldMicros: 0 });
  });

  it("is taken for sending by the statement that writes it, so that it leaves once", async () => {
    const shop = await givenShop();
    let seen: unknown;
    telegram.mishap = async (method) => {
      if (method === "sendMessage") [seen] = await shop.partsOf((await shop.lastMessage()).id);
      return undefined;
    };
    await shop.ask("How much is delivery?").finally(() => (telegram.mishap = () => undefined));
    expect(seen).toMatchObject({ part: 0, state: "sending", attempts: 1, leasedUntil: expect.any(Date) });
    const message = await shop.lastMessage();
    const [part] = await shop.partsOf(message.id);
    expect(part?.history.map(({ state }) => state)).toEqual(["queued", "sending", "sent"]);
    expect(message.delivery).toBe("sent");
    expect(shop.fake.sent.map(({ text }) => text)).toEqual(["It costs 300 roubles."]);
  });

  it("leaves in its order when it has several parts", async () => {
    const shop = await givenShop();
    model.set({ reply: () => "A sentence about delivery. ".repeat(400) });
    await shop.ask("Tell me all about delivery");
    const parts = await shop.partsOf((await shop.lastMessage()).id);
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.every(({ state }) => state === "sent")).toBe(true);
    expect(shop.fake.sent.map(({ text }) => text)).toEqual(parts.map(({ plain }) => plain.trim()));
  });

  it("waits for a bot that Telegram asked to be silent", async () => {
    const shop = await givenShop();
    const quiet = (until: Date | null) => db.update(bots).set({ quietUntil: until }).where(eq(bots.id, shop.bot.id));
    await quiet(new Date(Date.now() + 60_000));
    await shop.ask("How much is delivery?");
    const message = await shop.lastMessage();
    expect(message.delivery).toBe("queued");
    expect(shop.fake.sent).toEqual([]);
    await quiet(null);
    await runDelivery(db, (await threadOf(shop.ctx))?.dialog.id ?? "");
    expect(shop.fake.sent).toHaveLength(1);
  });

  it("waits behind what another process began to send while the model wrote, and is charged once", async () => {
    const shop = await givenShop();
    await shop.ask("How much is delivery?");
    const { id } = await shop.lastMessage();
    const dialogId = (await threadOf(shop.ctx))?.dialog.id ?? "";
    const sending = sendingMeanwhile(shop, dialogId, id);
    await shop.ask("And how long does it take?");
    await sending;
    const answer = await shop.lastMessage();
    expect(answer).toMatchObject({ text: "It takes two days.", delivery: "queued" });
    expect((await shop.partsOf(answer.id)).map(({ state }) => state)).toEqual(["queued"]);
    expect(shop.fake.sent).toHaveLength(1);
    expect(await countWaiting(db, deliverJob, { dialogId })).toBe(1);
  });
});
