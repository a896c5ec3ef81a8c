import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { holds } from "@/db/schema/balance";
import { dialogs } from "@/db/schema/dialogs";
import { generations } from "@/db/schema/generations";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenQuestion, givenTurn } from "@/modules/chat/testing";
import { receiveMessage } from "@/modules/dialogs/server/receive";
import { listMessages } from "@/modules/dialogs/server/service";
import { removeVisitor } from "@/modules/dialogs/server/visitors/service";
import { givenWorkspace } from "@/modules/workspaces/testing";
import type { WorkspaceCtx } from "@/server/context";
import { startModelServer } from "../../../../e2e/fakes/model-server";
import { TurnAbort } from "./abort";
import { startTurn } from "./turn";

const model = await startModelServer();
Object.assign(process.env, { OPENAI_BASE_URL: model.url, AI_MODEL: "fake-standard" });
afterAll(() => model.close());
beforeEach(() => model.set({ firstTokenMs: 0, tokenMs: 0, reply: () => "It costs 300 roubles." }));

const said = async (ctx: WorkspaceCtx, dialogId: string) =>
  (await listMessages(ctx, { dialogId, limit: 50 })).items.map(({ author, text }) => `${author}: ${text}`);
const generationsOf = (dialogId: string) =>
  testDb()
    .select({ state: generations.state, error: generations.error })
    .from(generations)
    .where(eq(generations.dialogId, dialogId))
    .orderBy(generations.startedAt);

const openHolds = async (ctx: WorkspaceCtx) =>
  testDb().$count(holds, and(eq(holds.workspaceId, ctx.workspaceId), eq(holds.state, "open")));

/** A model that is asked and does not answer yet; `arrived` tells when. */
async function whileModelHangs<T>(start: () => Promise<T>): Promise<{ running: Promise<T>; call: number }> {
  const call = model.calls.length;
  model.script("hang");
  const running = start();
  await model.waitForCalls(call + 1);
  return { running, call };
}

describe("a turn", () => {
  it("answers once when it is started twice at the same time", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { ref } = await givenTurn(ctx);
    const asked = model.calls.length;
    const outcomes = await Promise.all([startTurn(ctx, ref), startTurn(ctx, ref), startTurn(ctx, ref)]);
    expect(new Set(outcomes.map((outcome) => outcome.ok && outcome.answer.messageId)).size).toBe(1);
    expect(outcomes.filter((outcome) => outcome.ok && !outcome.isRepeat)).toHaveLength(1);
    expect(model.calls.length - asked).toBe(1);
    expect(await said(ctx, ref.dialogId)).toEqual([
      "visitor: How much is delivery?",
      "assistant: It costs 300 roubles.",
    ]);
  });

  it("stores a message once when it is delivered five times at once", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { assistantId } = await givenTurn(ctx);
    const message = { assistantId, channel: "api" as const, visitorKey: newId(), clientId: newId(), text: "Hello" };
    const received = await Promise.all(Array.from({ length: 5 }, () => receiveMessage(ctx, message)));
    expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(1);
    expect(received.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect((await listMessages(ctx, { dialogId: received[0]?.dialogId ?? "", limit: 50 })).items).toHaveLength(1);
  });

  it("repeats the answer that is there", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { ref } = await givenTurn(ctx);
    const first = await startTurn(ctx, ref);
    const asked = model.calls.length;
    const second = await startTurn(ctx, ref);
    expect(second).toMatchObject({ ok: true, isRepeat: true, answer: { text: "It costs 300 roubles." } });
    expect(first.ok && second.ok && first.answer.messageId === second.answer.messageId).toBe(true);
    expect(model.calls.length).toBe(asked);
  });

  it("does not begin while a person holds the dialog", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { ref } = await givenTurn(ctx);
    await takeOver(ref.dialogId);
    const asked = model.calls.length;
    expect(await startTurn(ctx, ref)).toEqual({ ok: false, reason: "handoff", notice: null });
    expect(model.calls.length).toBe(asked);
  });

  it("lets nothing leave when the dialog is taken while the model writes", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { ref } = await givenTurn(ctx);
    // The person takes the dialog once the model has been asked, long before its first word.
    let taken: Promise<void> | undefined;
    model.set({ reply: () => ((taken ??= takeOver(ref.dialogId)), "It costs 300 roubles."), firstTokenMs: 60 });
    // There is no such bot, so writing its part would be refused by the database.
    const leaveAs = () => ({ botId: newId(), parts: [{ html: "x", plain: "x" }] });
    const outcome = await startTurn(ctx, ref, { leaveAs });
    expect(taken).toBeDefined();
    expect(outcome).toMatchObject({ ok: false, reason: "handoff" });
    expect(await said(ctx, ref.dialogId)).toEqual(["visitor: How much is delivery?"]);
    expect(await generationsOf(ref.dialogId)).toEqual([{ state: "discarded", error: "late" }]);
  });

  it("costs nothing and leaves nothing of a visitor who is removed while the model writes", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { ref } = await givenTurn(ctx);
    let removed: Promise<unknown> | undefined;
    let heldMeanwhile: Promise<number> | undefined;
    const whileItWrites = () => {
      heldMeanwhile ??= openHolds(ctx);
      removed ??= heldMeanwhile.then(() => removeVisitor(ctx, { dialogId: ref.dialogId }));
    };
    model.set({ reply: () => (whileItWrites(), "It costs 300 roubles."), firstTokenMs: 100 });
    expect(await startTurn(ctx, ref)).toMatchObject({ ok: false });
    await removed;
    expect(await generationsOf(ref.dialogId)).toEqual([]);
    expect([await heldMeanwhile, await openHolds(ctx)]).toEqual([1, 0]);
  });

  it("gives way to a newer message, and the newer turn answers both", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { ref, assistantId, visitorKey } = await givenTurn(ctx);
    const controller = new AbortController();
    const { running } = await whileModelHangs(() => startTurn(ctx, ref, { signal: controller.signal }));
    const next = await givenQuestion(ctx, assistantId, { visitorKey, text: "And to Kazan?" });
    controller.abort(new TurnAbort("superseded"));
    expect(await running).toMatchObject({ ok: false, reason: "superseded" });
    expect(await startTurn(ctx, ref)).toMatchObject({ ok: false, reason: "superseded" });
    expect(await startTurn(ctx, next)).toMatchObject({ ok: true });
    expect(model.calls.at(-1)?.messages.at(-1)).toEqual({ role: "user", text: "How much is delivery?\nAnd to Kazan?" });
  });

  it("stays retryable after the provider failed, and says nothing of the provider", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { ref } = await givenTurn(ctx);
    model.script(400);
    const failed = await startTurn(ctx, ref, { mayRetry: true });
    expect(failed).toMatchObject({
      ok: false,
      reason: "failed",
      notice: expect.not.stringMatching(/400|key|openai|Scripted/i),
    });
    expect(await said(ctx, ref.dialogId)).toEqual(["visitor: How much is delivery?"]);
    expect(await startTurn(ctx, ref)).toMatchObject({ ok: true, isRepeat: false });
    expect(await generationsOf(ref.dialogId)).toEqual([
      { state: "failed", error: "openai:400" },
      { state: "delivered", error: null },
    ]);
  });

  it("costs nothing when the model writes characters that show nothing", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { ref } = await givenTurn(ctx);
    model.set({ reply: () => "\u200b \u2060" });
    expect(await startTurn(ctx, ref, { mayRetry: true })).toMatchObject({ ok: false, reason: "failed" });
    expect(await said(ctx, ref.dialogId)).toEqual(["visitor: How much is delivery?"]);
    expect(await openHolds(ctx)).toBe(0);
  });

  it("keeps an answer with characters that the database cannot hold, without them", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { ref } = await givenTurn(ctx);
    model.set({ reply: () => "It costs \u0000300 roubles\ud83d." });
    expect(await startTurn(ctx, ref)).toMatchObject({ ok: true, answer: { text: "It costs 300 roubles\ufffd." } });
    expect(await said(ctx, ref.dialogId)).toContain("assistant: It costs 300 roubles\ufffd.");
  });

  it("tells the customer of a final failure once, in the dialog's language", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { ref } = await givenTurn(ctx, { language: "ru" });
    const leaving: string[] = [];
    for (let attempt = 0; attempt < 2; attempt += 1) {
      model.script(400);
      await startTurn(ctx, ref, { leaveAs: ({ text }) => (leaving.push(text), { botId: newId(), parts: [] }) });
    }
    expect(leaving).toEqual([expect.stringContaining("Ответить не получилось")]);
    expect((await said(ctx, ref.dialogId)).at(-1)).toBe(`system: ${leaving[0]}`);
  });

  it("apologises for nothing in a dialog that moved on before it failed", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { ref } = await givenTurn(ctx);
    let taken: Promise<void> | undefined;
    // White space is no answer: the turn fails once all of it is here.
    model.set({ reply: () => ((taken ??= takeOver(ref.dialogId)), " "), firstTokenMs: 60 });
    expect(await startTurn(ctx, ref)).toMatchObject({ ok: false, reason: "failed" });
    expect(taken).toBeDefined();
    expect(await said(ctx, ref.dialogId)).toEqual(["visitor: How much is delivery?"]);
    expect(await openHolds(ctx)).toBe(0);
  });

  it("keeps what was written when a person presses Stop, and ends the provider's call", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { ref } = await givenTurn(ctx);
    model.set({ reply: () => "one two three four five six seven eight nine ten", tokenMs: 30 });
    const controller = new AbortController();
    const call = model.calls.length;
    const outcome = await startTurn(ctx, ref, {
      signal: controller.signal,
      onPart: (part) =>
        part.type === "text" && part.text.includes("three") && controller.abort(new TurnAbort("stopped")),
    });
    await model.waitForAbort(call);
    expect(outcome).toMatchObject({ ok: true, answer: { text: "one two three" } });
    expect(await said(ctx, ref.dialogId)).toContain("assistant: one two three");
  });

  it("ends the provider's call at once when it is stopped before the first word", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { ref } = await givenTurn(ctx);
    const controller = new AbortController();
    const { running, call } = await whileModelHangs(() => startTurn(ctx, ref, { signal: controller.signal }));
    controller.abort(new TurnAbort("stopped"));
    await model.waitForAbort(call);
    expect(await running).toEqual({ ok: false, reason: "discarded", notice: null });
    expect(await startTurn(ctx, ref)).toMatchObject({ ok: true });
  });

  it("finishes what a killed process began, with one answer", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { ref } = await givenTurn(ctx);
    const controller = new AbortController();
    const { running } = await whileModelHangs(() => startTurn(ctx, ref, { signal: controller.signal }));
    const after = await startTurn(ctx, ref, { isOnlyServer: true });
    expect(after).toMatchObject({ ok: true, isRepeat: false });
    controller.abort(new TurnAbort("shutdown"));
    await running;
    expect(await generationsOf(ref.dialogId)).toEqual([
      { state: "failed", error: "abandoned" },
      { state: "delivered", error: null },
    ]);
    expect((await said(ctx, ref.dialogId)).filter((line) => line.startsWith("assistant"))).toHaveLength(1);
  });

  it("takes the history from the database, never more than fits", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { ref, assistantId, visitorKey } = await givenTurn(ctx);
    await startTurn(ctx, ref);
    const next = await givenQuestion(ctx, assistantId, { visitorKey, text: "What about returns?" });
    await startTurn(ctx, next);
    expect(model.calls.at(-1)?.messages.slice(1)).toEqual([
      { role: "user", text: "How much is delivery?" },
      { role: "assistant", text: "It costs 300 roubles." },
      { role: "user", text: "What about returns?" },
    ]);
  });

  it("removes a citation of a passage that was never found", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { ref } = await givenTurn(ctx);
    model.set({ reply: () => "It costs 300 [1], surely [2]." });
    expect(await startTurn(ctx, ref)).toMatchObject({
      ok: true,
      answer: { text: "It costs 300, surely.", citations: [] },
    });
  });

  it("is NOT_FOUND from another workspace", async () => {
    const { ref, assistantId } = await givenTurn((await givenWorkspace(testDb())).ctx);
    const { ctx: stranger } = await givenWorkspace(testDb());
    const notFound = expect.objectContaining({ code: "NOT_FOUND" });
    await expect(startTurn(stranger, ref)).rejects.toEqual(notFound);
    await expect(givenQuestion(stranger, assistantId)).rejects.toEqual(notFound);
    expect(await generationsOf(ref.dialogId)).toEqual([]);
  });

  it("stays silent while the assistant is off or a person answers", async () => {
    const { ctx } = await givenWorkspace(testDb());
    const { ref } = await givenTurn(ctx, { isActive: false });
    expect(await startTurn(ctx, ref)).toMatchObject({ ok: false, reason: "assistant-off", notice: expect.any(String) });
  });
});

async function takeOver(dialogId: string): Promise<void> {
  await testDb()
    .update(dialogs)
    .set({ handoffStatus: "active", epoch: sql`${dialogs.epoch} + 1` })
    .where(eq(dialogs.id, dialogId));
}
