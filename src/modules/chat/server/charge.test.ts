import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { aiUsage } from "@/db/schema/ai";
import { dialogs, messages } from "@/db/schema/dialogs";
import { testDb } from "@/db/testing";
import { accountsOf } from "@/modules/balance/testing";
import { givenQuestion, givenTurn } from "@/modules/chat/testing";
import { givenAssistant } from "@/modules/assistants/testing";
import { lettersTo } from "@/modules/email/testing";
import { givenWorkspace } from "@/modules/workspaces/testing";
import type { WorkspaceCtx } from "@/server/context";
import type { JobCtx } from "@/server/jobs/define";
import { makeCtx } from "@/server/testing";
import { startModelServer } from "../../../../e2e/fakes/model-server";
import { TurnAbort } from "./abort";
import { abandonStaleTurnsJob } from "./jobs";
import { startTurn } from "./turn";

const PRICE = 5_000_000;
const model = await startModelServer();
Object.assign(process.env, { OPENAI_BASE_URL: model.url, AI_MODEL: "fake-standard" });
const db = testDb();
afterAll(() => model.close());
beforeEach(() => model.set({ firstTokenMs: 0, tokenMs: 0, reply: () => "It costs 300 roubles." }));

async function givenMoneyFor(answers: number) {
  const { ctx, user } = await givenWorkspace(db, { fundsMicros: PRICE * answers });
  return { ctx, user, ...(await givenTurn(ctx)) };
}

async function expectCharged(ctx: WorkspaceCtx, answers: number, leftMicros: number) {
  const { ledger, availableMicros, heldMicros } = await accountsOf(db, ctx.workspaceId);
  expect({ availableMicros, heldMicros, charges: ledger.charges, revenue: ledger.revenueMicros }).toEqual({
    availableMicros: leftMicros,
    heldMicros: 0,
    charges: answers,
    revenue: answers * PRICE,
  });
  expect([ledger.sumMicros, ledger.availableMicros, ledger.heldMicros]).toEqual([0, availableMicros, heldMicros]);
}

async function whileModelHangs<T>(start: () => Promise<T>): Promise<{ running: Promise<T> }> {
  const call = model.calls.length;
  model.script("hang");
  const running = start();
  await model.waitForCalls(call + 1);
  return { running };
}

describe("an answer is charged", () => {
  it("once, with its price on the message, however often and however parallel it is asked for", async () => {
    const { ctx, ref } = await givenMoneyFor(3);
    const outcomes = await Promise.all([1, 2, 3].map(() => startTurn(ctx, ref)));
    await startTurn(ctx, ref);
    expect(outcomes.every((outcome) => outcome.ok && outcome.answer.chargeMicros === PRICE)).toBe(true);
    await expectCharged(ctx, 1, 2 * PRICE);
    const [answer] = await db
      .select({ charge: messages.chargeMicros })
      .from(messages)
      .where(eq(messages.replyToId, ref.messageId));
    expect(answer?.charge).toBe(PRICE);
  });

  it("apart from what the provider's call used, which is counted for its key", async () => {
    const { ctx, ref } = await givenMoneyFor(1);
    await startTurn(ctx, ref);
    await expect
      .poll(() => db.select().from(aiUsage).where(eq(aiUsage.workspaceId, ctx.workspaceId)))
      .toEqual([
        expect.objectContaining({
          messageId: ref.messageId,
          purpose: "answer",
          outcome: "delivered",
          costMicros: null,
        }),
      ]);
  });

  it("and its money is held while the model writes", async () => {
    const { ctx, ref } = await givenMoneyFor(1);
    const controller = new AbortController();
    const { running } = await whileModelHangs(() => startTurn(ctx, ref, { signal: controller.signal }));
    expect(await accountsOf(db, ctx.workspaceId)).toMatchObject({ availableMicros: 0, heldMicros: PRICE });
    controller.abort(new TurnAbort("stopped"));
    await running;
    await expectCharged(ctx, 0, PRICE);
  });

  it("for exactly as many of 200 parallel questions as there is money for, and never below zero", async () => {
    const { ctx, user } = await givenWorkspace(db, { fundsMicros: 50 * PRICE });
    const { id: assistantId } = await givenAssistant(ctx);
    const refs = await Promise.all(Array.from({ length: 200 }, () => givenQuestion(ctx, assistantId)));
    const outcomes = await Promise.all(refs.map((ref) => startTurn(ctx, ref)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(50);
    const refused = outcomes.filter((outcome) => !outcome.ok && outcome.reason === "no-funds");
    expect(refused).toHaveLength(150);
    expect(refused.every((outcome) => !outcome.ok && (outcome.notice ?? "") !== "")).toBe(true);
    await expectCharged(ctx, 50, 0);
    expect((await lettersTo(db, user.email)).filter(({ kind }) => kind === "balance-empty")).toHaveLength(1);
  }, 30_000);
});

describe("nothing is charged", () => {
  it("for an answer that the provider failed to give", async () => {
    const { ctx, ref } = await givenMoneyFor(1);
    model.script(400);
    expect(await startTurn(ctx, ref)).toMatchObject({ ok: false, reason: "failed" });
    await expectCharged(ctx, 0, PRICE);
  });

  it("for an answer of nothing but white space or a citation of nothing", async () => {
    const { ctx, ref } = await givenMoneyFor(1);
    model.set({ reply: () => " [9] " });
    expect(await startTurn(ctx, ref)).toMatchObject({ ok: false, reason: "failed" });
    await expectCharged(ctx, 0, PRICE);
  });

  it("for an answer that a newer message made void", async () => {
    const { ctx, ref, assistantId, visitorKey } = await givenMoneyFor(2);
    const controller = new AbortController();
    const { running } = await whileModelHangs(() => startTurn(ctx, ref, { signal: controller.signal }));
    const next = await givenQuestion(ctx, assistantId, { visitorKey, text: "And to Kazan?" });
    controller.abort(new TurnAbort("superseded"));
    await running;
    expect(await startTurn(ctx, next)).toMatchObject({ ok: true });
    await expectCharged(ctx, 1, PRICE);
  });

  it("for an answer that came after a person had taken the dialog", async () => {
    const { ctx, ref } = await givenMoneyFor(1);
    let taken: Promise<unknown> | undefined;
    const takeOver = () =>
      (taken ??= db
        .update(dialogs)
        .set({ handoffStatus: "active", epoch: sql`${dialogs.epoch} + 1` })
        .where(eq(dialogs.id, ref.dialogId))
        .then());
    model.set({ reply: () => (takeOver(), "It costs 300 roubles."), firstTokenMs: 60 });
    expect(await startTurn(ctx, ref)).toMatchObject({ ok: false, reason: "handoff" });
    await expectCharged(ctx, 0, PRICE);
  });

  it("twice when a second process takes over from one that died; the late one cannot settle", async () => {
    const { ctx, ref } = await givenMoneyFor(2);
    const controller = new AbortController();
    const { running } = await whileModelHangs(() => startTurn(ctx, ref, { signal: controller.signal }));
    expect(await startTurn(ctx, ref, { isOnlyServer: true })).toMatchObject({ ok: true });
    controller.abort(new TurnAbort("stopped"));
    await running;
    await expectCharged(ctx, 1, PRICE);
  });

  it("for a turn whose process died and that nobody asked for again", async () => {
    const { ctx, ref } = await givenMoneyFor(1);
    const controller = new AbortController();
    const { running } = await whileModelHangs(() => startTurn(ctx, ref, { signal: controller.signal }));
    const later = new Date(Date.now() + 11 * 60_000);
    const job: JobCtx = {
      ...makeCtx(db, { kind: "system", job: "test" }),
      now: () => later,
      signal: new AbortController().signal,
      attempt: 1,
      isLastAttempt: true,
    };
    await abandonStaleTurnsJob.run(job, {});
    await expectCharged(ctx, 0, PRICE);
    controller.abort(new TurnAbort("shutdown"));
    await running;
    await expectCharged(ctx, 0, PRICE);
  });

  it("for a dead turn without disturbing the answer to a later question of the dialog", async () => {
    const { ctx, ref, assistantId, visitorKey } = await givenMoneyFor(2);
    const controller = new AbortController();
    const dead = await whileModelHangs(() => startTurn(ctx, ref, { signal: controller.signal }));
    await db.execute(
      sql`update generations set started_at = now() - interval '1 hour' where dialog_id = ${ref.dialogId}::uuid`,
    );
    const later = await givenQuestion(ctx, assistantId, { visitorKey });
    model.set({ firstTokenMs: 300, reply: () => "It costs 300 roubles." });
    const call = model.calls.length;
    const answering = startTurn(ctx, later);
    await model.waitForCalls(call + 1);
    const job = { ...makeCtx(db, { kind: "system", job: "test" }), attempt: 1, isLastAttempt: true };
    await abandonStaleTurnsJob.run({ ...job, signal: controller.signal }, {});
    expect(await answering).toMatchObject({ ok: true });
    controller.abort(new TurnAbort("shutdown"));
    await dead.running;
    await expectCharged(ctx, 1, PRICE);
  });

  it("when there is not enough money: no generation, a polite sentence, and the same question works after a top-up", async () => {
    const { ctx, ref } = await givenMoneyFor(0);
    const asked = model.calls.length;
    expect(await startTurn(ctx, ref)).toEqual({
      ok: false,
      reason: "no-funds",
      notice: expect.stringContaining("saved"),
      neededMicros: PRICE,
    });
    expect(model.calls.length).toBe(asked);
    await expectCharged(ctx, 0, 0);
  });

  it("when answers are not offered, and a price of zero makes them free", async () => {
    const { ctx, ref } = await givenMoneyFor(1);
    await db.execute(sql`update service_prices set is_active = false where service = 'answer_api'`);
    try {
      expect(await startTurn(ctx, ref)).toMatchObject({ ok: false, reason: "not-offered" });
      await db.execute(sql`update service_prices set is_active = true, price_micros = 0 where service = 'answer_api'`);
      expect(await startTurn(ctx, ref)).toMatchObject({ ok: true, answer: { chargeMicros: 0 } });
    } finally {
      await db.execute(
        sql`update service_prices set is_active = true, price_micros = ${PRICE} where service = 'answer_api'`,
      );
    }
    await expectCharged(ctx, 0, PRICE);
  });
});
