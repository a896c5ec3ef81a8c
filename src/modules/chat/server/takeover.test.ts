import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { accountsOf } from "@/modules/balance/testing";
import { givenQuestion, givenTurn } from "@/modules/chat/testing";
import { listMessages } from "@/modules/dialogs/server/service";
import { releaseDialog, takeDialog } from "@/modules/handoff/server/holding";
import { beat } from "@/modules/handoff/server/presence/service";
import { replyToVisitor } from "@/modules/handoff/server/reply";
import { cancelHandoff, handoffState, requestHandoff } from "@/modules/handoff/server/service";
import { givenWorkspace } from "@/modules/workspaces/testing";
import type { WorkspaceCtx } from "@/server/context";
import { startModelServer } from "../../../../e2e/fakes/model-server";
import { startTurn } from "./turn";

const model = await startModelServer();
Object.assign(process.env, { OPENAI_BASE_URL: model.url, AI_MODEL: "fake-standard" });
afterAll(() => model.close());
beforeEach(() => model.set({ firstTokenMs: 0, tokenMs: 0, mishap: undefined, reply: () => "It costs 300 roubles." }));

const db = testDb();
const PRICE = 5_000_000;
const saidIn = async (ctx: WorkspaceCtx, dialogId: string) => (await listMessages(ctx, { dialogId, limit: 100 })).items;

describe("taking a dialog while the assistant writes", () => {
  it("ends the provider's call within 300 ms, whoever takes it in whichever process", async () => {
    const { ctx } = await givenWorkspace(db);
    const { ref } = await givenTurn(ctx);
    const call = model.calls.length;
    model.script("hang");
    const running = startTurn(ctx, ref);
    await model.waitForCalls(call + 1);
    await takeDialog(ctx, { dialogId: ref.dialogId });
    const takenAtMs = performance.now();
    await model.waitForAbort(call);
    expect(performance.now() - takenAtMs).toBeLessThan(300);
    expect(await running).toEqual({ ok: false, reason: "handoff", notice: null });
  });

  it("lets no word of the assistant in behind the person and charges only what left, in two hundred races", async () => {
    const { ctx } = await givenWorkspace(db, { fundsMicros: 200 * PRICE });
    const { id: assistantId } = await givenAssistant(ctx);
    model.set({ tokenMs: 1, reply: () => "It costs 300 roubles." });
    await beat(ctx, { siteCapacity: 20 });
    const race = async (untilTaken: (outcome: Promise<unknown>) => Promise<unknown>) => {
      const ref = await givenQuestion(ctx, assistantId);
      const outcome = startTurn(ctx, ref);
      await untilTaken(outcome);
      await takeDialog(ctx, { dialogId: ref.dialogId });
      const { ok } = await outcome;
      const messages = await saidIn(ctx, ref.dialogId);
      const joinedAt = messages.findIndex(({ author }) => author === "system");
      expect(messages.slice(joinedAt).filter(({ author }) => author === "assistant")).toEqual([]);
      await releaseDialog(ctx, { dialogId: ref.dialogId });
      return ok;
    };
    let answers = 0;
    // Ten at a time, each at another moment of the turn; the last one comes too late for certain.
    for (let round = 0; round < 20; round += 1) {
      const isAnswered = round % 2 === 0;
      // An answer that never ends loses for certain.
      model.set({ mishap: () => (isAnswered ? undefined : "hang") });
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          race((outcome) => (isAnswered && n === 9 ? outcome : delay(n * 10 + round))),
        ),
      );
      answers += outcomes.filter(Boolean).length;
    }
    const { ledger, availableMicros, heldMicros } = await accountsOf(db, ctx.workspaceId);
    expect({ availableMicros, heldMicros, charges: ledger.charges }).toEqual({
      availableMicros: (200 - answers) * PRICE,
      heldMicros: 0,
      charges: answers,
    });
    expect(answers).toBeGreaterThanOrEqual(10);
    expect(answers).toBeLessThanOrEqual(100);
  }, 60_000);
});

describe("a question for people", () => {
  it("goes to them without asking the model", async () => {
    const { ctx } = await givenWorkspace(db);
    const { ref } = await givenTurn(ctx, {}, { text: "Соедините меня с оператором" });
    const asked = model.calls.length;
    expect(await startTurn(ctx, ref)).toEqual({ ok: false, reason: "handoff", notice: null });
    expect(model.calls.length).toBe(asked);
    expect(await handoffState(ctx, ref.dialogId)).toMatchObject({
      status: "requested",
      reason: "keyword",
      position: 1,
    });
  });

  it("is answered by an assistant that passes nothing on", async () => {
    const { ctx } = await givenWorkspace(db);
    const { ref } = await givenTurn(ctx, { handoffTriggers: [] }, { text: "Call an operator" });
    expect(await startTurn(ctx, ref)).toMatchObject({ ok: true });
  });

  it("is only noted in the playground", async () => {
    const { ctx } = await givenWorkspace(db);
    const { ref } = await givenTurn(ctx, {}, { text: "Call an operator", channel: "preview" });
    expect(await startTurn(ctx, ref)).toEqual({
      ok: false,
      reason: "handoff",
      notice: expect.stringContaining("live channel"),
    });
    expect((await handoffState(ctx, ref.dialogId)).status).toBe("none");
  });

  it("may also be one that the assistant gave up on, and the answer is discarded", async () => {
    const { ctx } = await givenWorkspace(db);
    model.set({ reply: () => "I do not have this information." });
    const { ref } = await givenTurn(ctx, { handoffTriggers: ["gave-up"] });
    expect(await startTurn(ctx, ref)).toMatchObject({ ok: false, reason: "handoff" });
    expect((await handoffState(ctx, ref.dialogId)).reason).toBe("fallback");
    expect((await saidIn(ctx, ref.dialogId)).map(({ author }) => author)).toEqual(["visitor", "system"]);
  });
});

describe("behind the boundary of a talk with people", () => {
  it("the earlier request does not fire again, and the model gets what was agreed instead of the talk", async () => {
    const { ctx } = await givenWorkspace(db);
    const { ref, assistantId, visitorKey } = await givenTurn(ctx, {}, { text: "Call an operator, order 1841 is late" });
    await startTurn(ctx, ref);
    await takeDialog(ctx, { dialogId: ref.dialogId });
    await replyToVisitor(ctx, { dialogId: ref.dialogId, id: newId(), text: "It comes on Friday." });
    await releaseDialog(ctx, { dialogId: ref.dialogId });
    const next = await givenQuestion(ctx, assistantId, { visitorKey, text: "How much is delivery?" });
    expect(await startTurn(ctx, next)).toMatchObject({ ok: true });
    const messages = model.calls.at(-1)?.messages ?? [];
    expect(messages.slice(1)).toEqual([{ role: "user", text: "How much is delivery?" }]);
    expect(messages[0]?.text).toContain("- operator: It comes on Friday.");
    expect(messages[0]?.text).not.toContain("Call an operator");
  });

  it("a message from before it is not answered late", async () => {
    const { ctx } = await givenWorkspace(db);
    const { ref } = await givenTurn(ctx);
    await requestHandoff(ctx, { dialogId: ref.dialogId });
    await cancelHandoff(ctx, { dialogId: ref.dialogId });
    expect(await startTurn(ctx, ref)).toMatchObject({ ok: false, reason: "superseded" });
  });
});
