import { and, eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { aiUsage } from "@/db/schema/ai";
import { ledgerTransactions } from "@/db/schema/balance";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import type { DraftPart } from "@/modules/chat/drafting/contract";
import { givenTurn } from "@/modules/chat/testing";
import { listMessages } from "@/modules/dialogs/server/service";
import { replyToVisitor } from "@/modules/handoff/server/reply";
import { createQa } from "@/modules/knowledge/server/service/qa";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { startModelServer } from "../../../../../e2e/fakes/model-server";
import { canTranslate, startDraft } from "./service";
import { translate } from "./translation";

const model = await startModelServer();
Object.assign(process.env, { OPENAI_BASE_URL: model.url, AI_MODEL: "fake-standard" });
const db = testDb();
afterAll(() => model.close());
beforeEach(() => model.set({ firstTokenMs: 0, tokenMs: 0, reply: () => "It costs 300 [1]. When: {date}." }));

const notFound = expect.objectContaining({ code: "NOT_FOUND" });
const never = new AbortController().signal;
const ask = { wish: "write", earlier: "" } as const;

async function given() {
  const { ctx, workspace } = await givenWorkspace(db);
  const operator = (await givenMember(db, workspace.id)).ctx;
  const { assistantId, ref } = await givenTurn(ctx);
  await createQa(ctx, { assistantId, question: "How much is delivery?", answer: "Delivery costs 300 roubles." });
  return { ctx, operator, dialogId: ref.dialogId };
}

async function read(parts: AsyncGenerator<DraftPart>): Promise<DraftPart[]> {
  const all: DraftPart[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

const textOf = (parts: DraftPart[]) => parts.map((part) => (part.type === "text" ? part.text : "")).join("");
const usageOf = (dialogId: string) =>
  db
    .select({ purpose: aiUsage.purpose, outcome: aiUsage.outcome })
    .from(aiUsage)
    .where(and(eq(aiUsage.dialogId, dialogId)));
const untilUsage = (dialogId: string) => expect.poll(() => usageOf(dialogId));

describe("a draft for a person of the team", () => {
  it("comes from the knowledge with its sources, and reaches nobody else", async () => {
    const { ctx, operator, dialogId } = await given();
    const parts = await read(await startDraft(operator, { dialogId, ...ask }, never));
    expect(textOf(parts)).toBe("It costs 300. When: {date}.");
    expect(parts.find(({ type }) => type === "source")).toMatchObject({
      source: { n: 1, title: "How much is delivery?" },
    });
    expect(parts.at(-1)).toEqual({ type: "done" });
    expect((await listMessages(ctx, { dialogId, limit: 10 })).items).toHaveLength(1);
  });

  it("costs the tenant nothing, and what the provider takes is counted", async () => {
    const { ctx, operator, dialogId } = await given();
    const booked = () => db.$count(ledgerTransactions, eq(ledgerTransactions.workspaceId, ctx.workspaceId));
    const before = await booked();
    await read(await startDraft(operator, { dialogId, ...ask }, never));
    expect(await booked()).toBe(before);
    await untilUsage(dialogId).toEqual([{ purpose: "draft", outcome: "delivered" }]);
  });

  it("tells the model of the talk, the role, and the draft that was not liked", async () => {
    const { operator, dialogId } = await given();
    const from = model.calls.length;
    await read(await startDraft(operator, { dialogId, wish: "shorter", earlier: "A very long draft" }, never));
    const [system, question] = model.calls[from]?.messages ?? [];
    expect(system?.text).toContain("A very long draft");
    expect(system?.text).toContain("person of the team");
    expect(question).toEqual({ role: "user", text: "How much is delivery?" });
  });

  it("dies when anybody replies, and the call of the provider with it", async () => {
    const { operator, dialogId } = await given();
    const call = model.calls.length;
    model.script("stall");
    const reading = read(await startDraft(operator, { dialogId, ...ask }, never));
    await model.waitForCalls(call + 1);
    await replyToVisitor(operator, { dialogId, id: newId(), text: "I am here", takeOver: true });
    expect((await reading).at(-1)).toEqual({ type: "stale" });
    await model.waitForAbort(call);
    await untilUsage(dialogId).toEqual([{ purpose: "draft", outcome: "discarded" }]);
  });

  it("ends when its reader leaves", async () => {
    const { operator, dialogId } = await given();
    const call = model.calls.length;
    const leaving = new AbortController();
    model.script("stall");
    const reading = read(await startDraft(operator, { dialogId, ...ask }, leaving.signal));
    await model.waitForCalls(call + 1);
    leaving.abort();
    expect((await reading).some(({ type }) => type === "done" || type === "failed")).toBe(false);
    await model.waitForAbort(call);
  });

  it("says that it failed when no provider answers", async () => {
    const { operator, dialogId } = await given();
    model.script(400);
    const parts = await read(await startDraft(operator, { dialogId, ...ask }, never));
    expect(parts.at(-1)).toEqual({ type: "failed" });
    await untilUsage(dialogId).toMatchObject([{ purpose: "draft", outcome: "failed" }]);
  });

  it("does not exist for another workspace", async () => {
    const { dialogId } = await given();
    const { operator: stranger } = await given();
    await expect(startDraft(stranger, { dialogId, ...ask }, never)).rejects.toEqual(notFound);
    await expect(translate(stranger, { dialogId, text: "x", reader: "member" })).rejects.toEqual(notFound);
  });
});

describe("a translation", () => {
  it("goes into the language of its reader, as words and nothing else", async () => {
    const { operator, dialogId } = await given();
    model.set({ firstTokenMs: 0, tokenMs: 0, reply: () => "Доставка стоит {цена}." });
    const own = { ...operator, locale: "ru" as const };
    expect(await translate(own, { dialogId, text: "Delivery is {price}.", reader: "member" })).toEqual({
      text: "Доставка стоит {цена}.",
    });
    expect(model.calls.at(-1)?.messages[0]?.text).toContain("Russian");
    await translate(own, { dialogId, text: "Добрый день", reader: "visitor" });
    expect(model.calls.at(-1)?.messages[0]?.text).toContain("How much is delivery?");
    expect(await canTranslate()).toEqual({ canTranslate: true });
  });
});
