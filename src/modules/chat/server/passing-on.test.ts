import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenFreshPool } from "@/modules/ai/testing";
import type { CreateAssistantInput } from "@/modules/assistants/contract";
import { accountsOf } from "@/modules/balance/testing";
import { generationsOf, givenQuestion, givenTurn } from "@/modules/chat/testing";
import type { IncomingMessage } from "@/modules/dialogs/server/receive";
import { listNotes } from "@/modules/dialogs/server/notes";
import { rateAnswer, rateDialog } from "@/modules/dialogs/server/ratings";
import { listMessages } from "@/modules/dialogs/server/service";
import { releaseDialog, takeDialog } from "@/modules/handoff/server/holding";
import { answerDislikedJob, dialogDislikedJob } from "@/modules/handoff/server/jobs";
import { handoffState } from "@/modules/handoff/server/service";
import { givenNobody } from "@/modules/handoff/testing";
import { givenWorkspace } from "@/modules/workspaces/testing";
import type { WorkspaceCtx } from "@/server/context";
import { jobCtx, pendingPayloads } from "@/server/jobs/testing";
import { startModelServer } from "../../../../e2e/fakes/model-server";
import { startTurn } from "./turn";

const model = await startModelServer();
Object.assign(process.env, { OPENAI_BASE_URL: model.url, AI_MODEL: "fake-standard" });
afterAll(() => model.close());

const db = testDb();
const PRICE = 5_000_000;
const handedOver = { ok: false, reason: "handoff", notice: null };
const calls = (input: string) => () => ({ name: "request_operator", input });
const WHY = JSON.stringify({ reason: "A refund needs a decision" });

beforeEach(async () => {
  await givenFreshPool(db);
  model.set({ mishap: undefined, tool: undefined, knowsNoTools: false, reply: () => "One moment, please." });
});

async function given(assistant: Partial<CreateAssistantInput> = {}, message: Partial<IncomingMessage> = {}) {
  const { ctx } = await givenWorkspace(db, { fundsMicros: 100 * PRICE });
  return { ctx, ...(await givenTurn(ctx, { handoffTriggers: ["model"], ...assistant }, message)) };
}
const saidIn = async (ctx: WorkspaceCtx, dialogId: string) =>
  (await listMessages(ctx, { dialogId, limit: 50 })).items.map(({ author, text }) => [author, text] as const);
const notesOf = async (ctx: WorkspaceCtx, dialogId: string) =>
  (await listNotes(ctx, { dialogId })).items.map(({ text }) => text);
async function expectFree(ctx: WorkspaceCtx) {
  const { ledger, availableMicros, heldMicros } = await accountsOf(db, ctx.workspaceId);
  expect({ availableMicros, heldMicros, charges: ledger.charges }).toEqual({
    availableMicros: 100 * PRICE,
    heldMicros: 0,
    charges: 0,
  });
}

describe("a model that calls a person by itself", () => {
  it("passes the dialog on with its reason as a note; its words are dropped and free", async () => {
    const { ctx, ref } = await given();
    model.set({ tool: calls(WHY) });
    expect(await startTurn(ctx, ref)).toEqual(handedOver);
    expect(await handoffState(ctx, ref.dialogId)).toMatchObject({ status: "requested", reason: "auto_trigger" });
    expect(await notesOf(ctx, ref.dialogId)).toEqual([expect.stringContaining("A refund needs a decision")]);
    expect((await saidIn(ctx, ref.dialogId)).map(([author]) => author)).toEqual(["visitor", "system"]);
    expect(await generationsOf(db, ref.dialogId)).toEqual([{ state: "discarded", error: "handoff" }]);
    await expectFree(ctx);
  });

  it("is heard once, however often the turn is repeated", async () => {
    const { ctx, ref } = await given();
    model.set({ tool: calls(WHY) });
    await Promise.all([1, 2, 3].map(() => startTurn(ctx, ref)));
    expect(await startTurn(ctx, ref)).toEqual(handedOver);
    expect(await notesOf(ctx, ref.dialogId)).toHaveLength(1);
    await expectFree(ctx);
  });

  it("lets its polite words through, free of charge, where the assistant is set to", async () => {
    const { ctx, ref } = await given({ saysHandoffWords: true });
    model.set({ tool: calls(WHY) });
    expect(await startTurn(ctx, ref)).toEqual(handedOver);
    const said = await saidIn(ctx, ref.dialogId);
    expect(said.map(([author]) => author)).toEqual(["visitor", "assistant", "system"]);
    expect(said[1]?.[1]).toBe("One moment, please.");
    await expectFree(ctx);
  });

  it.each([
    ["no words at all", () => "", WHY],
    ["a reason that is no JSON", () => "", "{ oops"],
    ["a reason of the wrong kind", () => "Well", JSON.stringify({ reason: 7 })],
  ])("is understood with %s", async (_, reply, input) => {
    const { ctx, ref } = await given();
    model.set({ tool: calls(input), reply });
    expect(await startTurn(ctx, ref)).toEqual(handedOver);
    expect((await handoffState(ctx, ref.dialogId)).status).toBe("requested");
  });

  it("also right after a person gave the dialog back, when it has nothing else to say", async () => {
    const { ctx, ref, assistantId, visitorKey } = await given();
    await takeDialog(ctx, { dialogId: ref.dialogId });
    await releaseDialog(ctx, { dialogId: ref.dialogId });
    model.set({ tool: calls(WHY), reply: () => "" });
    const next = await givenQuestion(ctx, assistantId, { visitorKey });
    expect(await startTurn(ctx, next)).toEqual(handedOver);
  });

  it("is not heard behind a newer message of the visitor, nor are its words", async () => {
    const { ctx, ref, assistantId, visitorKey } = await given({ saysHandoffWords: true });
    const asked = model.calls.length;
    model.set({ tool: calls(WHY), tokenMs: 40, reply: () => "One moment, please." });
    const running = startTurn(ctx, ref);
    await model.waitForCalls(asked + 1);
    const next = await givenQuestion(ctx, assistantId, { visitorKey, text: "It works now, thank you" });
    expect(await running).toEqual({ ok: false, reason: "superseded", notice: null });
    expect((await handoffState(ctx, ref.dialogId)).status).toBe("none");
    expect(await notesOf(ctx, ref.dialogId)).toEqual([]);
    model.set({ tool: undefined, tokenMs: 0 });
    expect(await startTurn(ctx, next)).toMatchObject({ ok: true });
    expect((await saidIn(ctx, ref.dialogId)).map(([author]) => author)).toEqual(["visitor", "visitor", "assistant"]);
  });

  it("only notes in the playground what would happen, and answers the next question", async () => {
    const { ctx, ref, assistantId, visitorKey } = await given(
      { handoffTriggers: ["words", "model"] },
      { channel: "preview" },
    );
    model.set({ tool: calls(WHY) });
    expect(await startTurn(ctx, ref)).toMatchObject({
      reason: "handoff",
      notice: expect.stringContaining("live channel"),
    });
    expect((await handoffState(ctx, ref.dialogId)).status).toBe("none");
    model.set({ tool: undefined });
    const asked = await givenQuestion(ctx, assistantId, { visitorKey, channel: "preview", text: "Call an operator" });
    expect(await startTurn(ctx, asked)).toMatchObject({ reason: "handoff" });
    const next = await givenQuestion(ctx, assistantId, { visitorKey, channel: "preview", text: "How much is it?" });
    expect(await startTurn(ctx, next)).toMatchObject({ ok: true });
  });

  it("is not offered the tool where the assistant is not set to", async () => {
    const { ctx, ref } = await given({ handoffTriggers: ["words"] });
    expect(await startTurn(ctx, ref)).toMatchObject({ ok: true });
    expect(model.calls.at(-1)?.tools).toEqual([]);
  });

  it("is asked again without the tool by a server that knows none", async () => {
    const { ctx, ref } = await given();
    model.set({ knowsNoTools: true });
    expect(await startTurn(ctx, ref)).toMatchObject({ ok: true, answer: { text: "One moment, please." } });
  });

  it("outside working hours makes the visitor hear when somebody is back", async () => {
    const { ctx, ref } = await given();
    await givenNobody(ctx);
    model.set({ tool: calls(WHY) });
    expect(await startTurn(ctx, ref)).toEqual(handedOver);
    expect((await handoffState(ctx, ref.dialogId)).status).toBe("none");
    expect((await saidIn(ctx, ref.dialogId)).at(-1)?.[1]).toContain("Leave your phone number or email");
  });
});

describe("an assistant that does not get on", () => {
  const ask = async (given: { ctx: WorkspaceCtx; assistantId: string; visitorKey: string }, text: string) => {
    const ref = await givenQuestion(given.ctx, given.assistantId, { visitorKey: given.visitorKey, text });
    return startTurn(given.ctx, ref);
  };

  it("passes the dialog on after two answers in a row that had nothing to say", async () => {
    const world = await given({ handoffTriggers: ["trouble"] }, { text: "Do you sell blue ones?" });
    model.set({ reply: () => "I do not have this information." });
    expect(await startTurn(world.ctx, world.ref)).toMatchObject({ ok: true });
    expect(await ask(world, "And red ones then?")).toMatchObject({ ok: true });
    expect(await ask(world, "Any colour will do")).toEqual(handedOver);
    expect((await handoffState(world.ctx, world.ref.dialogId)).reason).toBe("retries");
  });

  it("goes on when an answer between them was one", async () => {
    const world = await given({ handoffTriggers: ["trouble"] }, { text: "Do you sell blue ones?" });
    model.set({ reply: () => "I do not have this information." });
    await startTurn(world.ctx, world.ref);
    model.set({ reply: () => "Red ones cost 300 roubles." });
    await ask(world, "And red ones then?");
    model.set({ reply: () => "I do not have this information." });
    await ask(world, "Do you deliver on Sunday?");
    expect(await ask(world, "Any colour will do")).toMatchObject({ ok: true });
  });

  it("hears the same question in slightly other words for the third time", async () => {
    const world = await given({ handoffTriggers: ["trouble"] }, { text: "Where is my order number 1841?" });
    await startTurn(world.ctx, world.ref);
    await ask(world, "so where is my order number 1841");
    expect(await ask(world, "Where is my order number 1841??")).toEqual(handedOver);
  });

  it("lets its last words through where it is set to, also when it gives up", async () => {
    const world = await given({ handoffTriggers: ["gave-up"], saysHandoffWords: true });
    model.set({ reply: () => "I do not have this information." });
    expect(await startTurn(world.ctx, world.ref)).toEqual(handedOver);
    expect((await saidIn(world.ctx, world.ref.dialogId)).map(([author]) => author)).toEqual([
      "visitor",
      "assistant",
      "system",
    ]);
    await expectFree(world.ctx);
  });
});

describe("a visitor who is not satisfied", () => {
  async function givenAnswered(assistant: Partial<CreateAssistantInput> = { handoffTriggers: ["rating"] }) {
    const world = await given(assistant);
    const outcome = await startTurn(world.ctx, world.ref);
    if (!outcome.ok) throw new Error("There is no answer to rate.");
    const { dialogId } = world.ref;
    const visitor: WorkspaceCtx = { ...world.ctx, actor: { kind: "visitor", visitorKey: world.visitorKey } };
    const runJobs = async () => {
      for (const payload of await pendingPayloads(db, answerDislikedJob, { dialogId }))
        await answerDislikedJob.run(jobCtx(db, answerDislikedJob), payload);
      for (const payload of await pendingPayloads(db, dialogDislikedJob, { dialogId }))
        await dialogDislikedJob.run(jobCtx(db, dialogDislikedJob), payload);
    };
    const stateOf = () => handoffState(world.ctx, dialogId);
    return { ...world, dialogId, visitor, messageId: outcome.answer.messageId, runJobs, stateOf };
  }

  it("gets a person after a thumb down, once", async () => {
    const { ctx, visitor, messageId, dialogId, runJobs, stateOf } = await givenAnswered();
    await rateAnswer(visitor, { messageId, thumb: "down" });
    await Promise.all([runJobs(), runJobs()]);
    expect(await stateOf()).toMatchObject({ status: "requested", reason: "auto_trigger" });
    expect(await notesOf(ctx, dialogId)).toEqual([expect.stringContaining("One moment, please.")]);
  });

  it.each([
    [1, "requested"],
    [2, "requested"],
    [3, "none"],
  ])("with %i stars has the dialog %s", async (stars, status) => {
    const { visitor, dialogId, runJobs, stateOf } = await givenAnswered();
    await rateDialog(visitor, { dialogId, stars });
    await runJobs();
    expect((await stateOf()).status).toBe(status);
  });

  it("stays with an assistant that is not set to, and with whoever has the dialog already", async () => {
    const unset = await givenAnswered({ handoffTriggers: ["words", "buttons"] });
    await rateDialog(unset.visitor, { dialogId: unset.dialogId, stars: 1 });
    await unset.runJobs();
    expect((await unset.stateOf()).status).toBe("none");
    const held = await givenAnswered();
    await takeDialog(held.ctx, { dialogId: held.dialogId });
    await rateDialog(held.visitor, { dialogId: held.dialogId, stars: 1 });
    await held.runJobs();
    expect((await held.stateOf()).status).toBe("active");
  });
});

describe("an assistant that is switched off", () => {
  it("still passes on who asks for a person", async () => {
    const { ctx, ref } = await given({ handoffTriggers: ["words"], isActive: false }, { text: "Call an operator" });
    expect(await startTurn(ctx, ref)).toEqual(handedOver);
    expect((await handoffState(ctx, ref.dialogId)).status).toBe("requested");
  });
});

it("a contact that was asked for is taken without an answer and without a charge", async () => {
  const { ctx, ref, assistantId, visitorKey } = await given(
    { handoffTriggers: ["words"] },
    { text: "Call an operator" },
  );
  await givenNobody(ctx);
  expect(await startTurn(ctx, ref)).toEqual(handedOver);
  const contact = await givenQuestion(ctx, assistantId, { visitorKey, clientId: newId(), text: "me@example.com" });
  expect(await startTurn(ctx, contact)).toEqual(handedOver);
  expect(await notesOf(ctx, ref.dialogId)).toEqual([expect.stringContaining("me@example.com")]);
  await expectFree(ctx);
  const next = await givenQuestion(ctx, assistantId, { visitorKey, text: "How much is delivery?" });
  expect(await startTurn(ctx, next)).toMatchObject({ ok: true });
});
