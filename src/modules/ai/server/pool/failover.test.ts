import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { aiKeys, aiUsage } from "@/db/schema/ai";
import { testDb } from "@/db/testing";
import type { AnswerPart, AnswerRequest, ProviderCall } from "@/modules/ai/contract";
import type { CreateKeyInput } from "@/modules/ai/pool/contract";
import { givenFreshPool, givenKey, givenStaff } from "@/modules/ai/testing";
import { setLimit } from "@/modules/system/server/settings";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { pendingPayloads } from "@/server/jobs/testing";
import { type Fault, startModelServer } from "../../../../../e2e/fakes/model-server";
import { embedder } from "../embedder";
import { tellStaffJob } from "../jobs";
import { listKeys } from "../keys/service";
import { streamAnswer } from "../service";
import { forgetMembers } from "./members";
import { recordUsage } from "./usage";

const model = await startModelServer({ reply: () => "Good morning to you." });
const host = new URL(model.url).host;
Object.assign(process.env, { AI_PRIVATE_HOSTS: `${host}, closed.internal:1`, EMBEDDING_MODEL: "fake-embedding" });
afterAll(async () => {
  await givenFreshPool(testDb());
  await model.close();
});
beforeEach(async () => {
  await givenFreshPool(testDb());
  model.set({ keys: undefined, tokenMs: 0 });
});

const db = testDb();

/** Keys named by their secrets, in this order of priority, and how each fares at the provider. */
async function givenKeys(fates: Record<string, "fine" | Fault>, overrides: Partial<CreateKeyInput> = {}) {
  model.set({ keys: fates });
  for (const [index, secret] of Object.keys(fates).entries())
    await givenKey(db, { name: secret, secret, baseUrl: model.url, priority: index + 1, ...overrides });
}

async function answer(more: Partial<AnswerRequest> = {}) {
  const asked = model.calls.length;
  const parts: AnswerPart[] = [];
  const calls: ProviderCall[] = [];
  const request: AnswerRequest = {
    model: "fake-standard",
    system: "Be kind.",
    messages: [{ role: "user", text: "Hello?" }],
    question: "Hello?",
    earlier: [],
    language: "en",
    passages: [],
    noAnswer: "say-so",
    offersPerson: false,
    signal: new AbortController().signal,
    ...more,
  };
  for await (const part of streamAnswer(request)) {
    parts.push(part);
    if (part.type === "call") calls.push(part.call);
  }
  const text = parts.map((part) => (part.type === "text" ? part.text : "")).join("");
  return { text, parts, call: calls.at(-1) ?? null, askedKeys: model.calls.slice(asked).map(({ key }) => key) };
}

const states = async () =>
  (await listKeys(await givenStaff(db))).items.map(({ name, state, reason }) => ({ name, state, reason }));
const rowOf = async (name: string) => (await db.select().from(aiKeys).where(eq(aiKeys.name, name)))[0];
const change = async (name: string, to: ReturnType<typeof sql>) => {
  await db.execute(sql`update ai_keys set ${to} where name = ${name}`);
  forgetMembers();
};
const failOnce = () => answer().catch((error: unknown) => error);

describe("a pool of keys", () => {
  it("answers with the third key when the first is revoked and the second is busy, and shows why they rest", async () => {
    await givenKeys({ revoked: 401, busy: { status: 429, retryAfter: "120" }, fine: "fine" });
    const first = await answer();
    expect(first).toMatchObject({ text: "Good morning to you.", askedKeys: ["revoked", "busy", "fine"] });
    expect(first.parts.filter(({ type }) => type === "model")).toHaveLength(1);
    expect((await answer()).askedKeys).toEqual(["fine"]);
    expect(await states()).toEqual([
      { name: "revoked", state: "cooling", reason: "401" },
      { name: "busy", state: "cooling", reason: "429" },
      { name: "fine", state: "ready", reason: null },
    ]);
  });

  it.each<[string, Fault]>([
    ["401", 401],
    ["402", 402],
    ["403", 403],
    ["402", { status: 429, code: "insufficient_quota", retryAfter: "1" }],
    ["402", { status: 400, message: "Your credit balance is too low to access the API." }],
    ["401", { status: 400, message: "API key not valid. Please pass a valid API key." }],
  ])("lets a key rest for long after what means %s", async (reason, fault) => {
    await givenKeys({ bad: fault, good: "fine" });
    expect((await answer()).askedKeys).toEqual(["bad", "good"]);
    const row = await rowOf("bad");
    expect(row?.coolingReason).toBe(reason);
    expect(row?.coolingUntil?.getTime()).toBeGreaterThan(Date.now() + 20 * 60_000);
  });

  it("obeys Retry-After, and waits for the only key when it is back in a moment", async () => {
    await givenKeys({ only: "fine" });
    model.script({ status: 429, retryAfter: "1" });
    const startedAt = Date.now();
    expect(await answer()).toMatchObject({ text: "Good morning to you.", askedKeys: ["only", "only"] });
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_000);
  });

  it.each<[string, Fault]>([
    ["an error of the server", 500],
    ["a cut line", "reset"],
  ])("repeats three times after %s, then asks the next key", async (_, fault) => {
    await givenKeys({ broken: fault, good: "fine" });
    const startedAt = Date.now();
    expect((await answer()).askedKeys).toEqual(["broken", "broken", "broken", "good"]);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_500);
    expect(Date.now() - startedAt).toBeLessThan(3_000);
  });

  it.each([400, 413] as const)(
    "never repeats a request that is wrong by itself (%i), and blames no key",
    async (status) => {
      await givenKeys({ first: status, second: "fine" });
      for (let request = 0; request < 4; request += 1) {
        expect(await failOnce()).toMatchObject({ kind: "fatal", code: String(status) });
      }
      expect(await states()).toEqual([
        { name: "first", state: "ready", reason: null },
        { name: "second", state: "ready", reason: null },
      ]);
    },
  );

  it("does not switch in the middle of an answer", async () => {
    await givenKeys({ cut: "break", good: "fine" });
    const asked = model.calls.length;
    expect(await failOnce()).toMatchObject({ kind: "retry", code: "network" });
    expect(model.calls.slice(asked).map(({ key }) => key)).toEqual(["cut"]);
    expect(await rowOf("cut")).toMatchObject({ failures: 1 });
  });

  it("asks another key for a model that one turned out not to have, and remembers it", async () => {
    await givenKeys({ without: 404, with: "fine" });
    expect((await answer()).askedKeys).toEqual(["without", "with"]);
    expect((await answer()).askedKeys).toEqual(["with"]);
    expect((await states())[0]).toMatchObject({ state: "ready" });
  });

  it("matches models exactly", async () => {
    model.set({ keys: { mini: "fine", full: "fine" } });
    await givenKey(db, { name: "mini", secret: "mini", baseUrl: model.url, models: ["gpt-4o-mini"], priority: 1 });
    await givenKey(db, { name: "full", secret: "full", baseUrl: model.url, models: ["gpt-4o"], priority: 2 });
    expect((await answer({ model: "gpt-4o" })).askedKeys).toEqual(["full"]);
    expect((await answer({ model: "gpt-4o-mini" })).askedKeys).toEqual(["mini"]);
  });

  it("stands in with another model rather than with no answer, and never with quotes", async () => {
    model.set({ keys: { first: 401, second: "fine" } });
    await givenKey(db, { name: "first", secret: "first", baseUrl: model.url, models: ["gpt-4o"] });
    await givenKey(db, { name: "second", secret: "second", baseUrl: model.url, models: ["gpt-4o-mini"] });
    const { parts } = await answer({ model: "gpt-4o" });
    expect(parts.find(({ type }) => type === "model")).toMatchObject({ model: "gpt-4o-mini", isDemo: false });
    model.set({ keys: { first: 401, second: 401 } });
    await expect(answer({ model: "gpt-4o" })).rejects.toMatchObject({ name: "ModelError" });
  });

  it("spreads requests over keys of the same priority", async () => {
    await givenKeys({ a: "fine", b: "fine", c: "fine" }, { priority: 5 });
    const asked: string[] = [];
    for (let request = 0; request < 6; request += 1) asked.push(...(await answer()).askedKeys);
    expect(asked.slice(0, 3).sort()).toEqual(["a", "b", "c"]);
    expect(asked.slice(3)).toEqual(asked.slice(0, 3));
  });

  it("leaves a silent key for the next one at once, and repeats only when there is none", async () => {
    await givenKeys({ silent: "hang", good: "fine" });
    expect((await answer({ silenceMs: 150 })).askedKeys).toEqual(["silent", "good"]);
    await givenFreshPool(db);
    await givenKeys({ silent: "hang" });
    const asked = model.calls.length;
    await expect(answer({ silenceMs: 50 })).rejects.toMatchObject({ kind: "retry", code: "timeout" });
    expect(model.calls.length - asked).toBe(3);
  });

  it("stops at once while it waits for a key", async () => {
    await givenKeys({ only: 503 });
    const controller = new AbortController();
    const call = model.calls.length;
    const running = answer({ signal: controller.signal });
    await model.waitForCalls(call + 1);
    controller.abort(new Error("stopped"));
    await expect(running).rejects.toThrow("stopped");
    expect(model.calls.length).toBe(call + 1);
    expect(await rowOf("only")).toMatchObject({ failures: 0 });
  });
});

describe("the breaker of a key", () => {
  it("counts requests, not attempts, and opens after the third", async () => {
    await givenKeys({ down: 500 });
    await failOnce();
    await failOnce();
    expect(await rowOf("down")).toMatchObject({ failures: 2, openedAt: null });
    await failOnce();
    expect(await rowOf("down")).toMatchObject({ failures: 3, openedAt: expect.any(Date) });
    const asked = model.calls.length;
    expect(await failOnce()).toMatchObject({ code: "resting" });
    expect(model.calls.length).toBe(asked);
    expect(await states()).toEqual([{ name: "down", state: "open", reason: "500" }]);
  });

  it("forgets failures when a request succeeds", async () => {
    await givenKeys({ shaky: "fine" });
    await change("shaky", sql`failures = 2`);
    await answer();
    expect(await rowOf("shaky")).toMatchObject({ failures: 0 });
  });

  it("leaves the other keys alone", async () => {
    await givenKeys({ down: "fine", up: "fine" });
    await change("down", sql`failures = 3, opened_at = now()`);
    expect((await answer()).askedKeys).toEqual(["up"]);
  });

  it("lets exactly one of ten parallel requests probe a half-open key, and closes when it answers", async () => {
    await givenKeys({ probed: "fine", other: "fine" });
    await change("probed", sql`failures = 3, opened_at = now() - interval '61 seconds'`);
    model.set({ firstTokenMs: 150 });
    const asked = (await Promise.all(Array.from({ length: 10 }, () => answer()))).flatMap(({ askedKeys }) => askedKeys);
    model.set({ firstTokenMs: 0 });
    expect(model.calls.slice(-10).filter(({ key }) => key === "probed")).toHaveLength(1);
    expect(asked).toContain("other");
    expect(await rowOf("probed")).toMatchObject({ failures: 0, openedAt: null, probeUntil: null });
    expect((await answer()).askedKeys).toEqual(["probed"]);
  });

  it("opens again for a minute when the probe fails, after one attempt", async () => {
    await givenKeys({ probed: 500, other: "fine" });
    await change("probed", sql`failures = 3, opened_at = now() - interval '61 seconds'`);
    expect((await answer()).askedKeys).toEqual(["probed", "other"]);
    expect((await answer()).askedKeys).toEqual(["other"]);
    expect((await rowOf("probed"))?.openedAt?.getTime()).toBeGreaterThan(Date.now() - 5_000);
  });

  it("gives the probe back when the visitor leaves before it could tell", async () => {
    await givenKeys({ probed: "hang" });
    await change("probed", sql`failures = 3, opened_at = now() - interval '61 seconds'`);
    const controller = new AbortController();
    const call = model.calls.length;
    const running = answer({ signal: controller.signal });
    await model.waitForCalls(call + 1);
    controller.abort(new Error("left"));
    await expect(running).rejects.toThrow("left");
    expect(await rowOf("probed")).toMatchObject({ probeUntil: null });
  });
});

describe("when no key can serve", () => {
  it("asks nobody, and tells staff once an hour however many find out", async () => {
    await givenKeys({ revoked: 401 });
    await Promise.all([failOnce(), failOnce(), failOnce()]);
    expect(await failOnce()).toMatchObject({ code: "resting" });
    expect(await pendingPayloads(db, tellStaffJob, {})).toHaveLength(1);
  });

  it("finds out once a minute whether a refused key was set right", async () => {
    await givenKeys({ revoked: 401 });
    await failOnce();
    expect(await failOnce()).toMatchObject({ code: "resting" });
    model.set({ keys: { revoked: "fine" } });
    await change("revoked", sql`probe_until = now() - interval '1 second'`);
    expect((await answer()).text).toBe("Good morning to you.");
    expect(await states()).toEqual([{ name: "revoked", state: "ready", reason: null }]);
  });
});

describe("what calls use", () => {
  const usageOf = (workspaceId: string) =>
    db.select().from(aiUsage).where(eq(aiUsage.workspaceId, workspaceId)).orderBy(aiUsage.createdAt, aiUsage.id);

  it("is a row for each call: the failed ones at once, the answer with its outcome, tokens and cost", async () => {
    const { workspace } = await givenWorkspace(db);
    const prices = { "fake-standard": { promptMicros: 2_000_000, completionMicros: 4_000_000 } };
    await givenKeys({ revoked: 401, fine: "fine" }, { prices });
    const subject = { workspaceId: workspace.id };
    const { call } = await answer({ subject });
    await recordUsage(call, { ...subject, purpose: "answer", outcome: "delivered" });
    await recordUsage(call, { ...subject, purpose: "answer", outcome: "failed" });
    const [failed, delivered, ...more] = await usageOf(workspace.id);
    expect(failed).toMatchObject({
      outcome: "failed",
      errorCode: "401",
      totalTokens: null,
      keyId: (await rowOf("revoked"))?.id,
    });
    expect(delivered).toMatchObject({
      outcome: "delivered",
      keyId: (await rowOf("fine"))?.id,
      model: "fake-standard",
      promptTokens: 10,
      completionTokens: 5,
      totalTokens: 15,
      costMicros: 40,
    });
    expect(more).toEqual([]);
  });

  it("raises the counters exactly, however many calls end at once", async () => {
    const { workspace } = await givenWorkspace(db);
    await givenKeys({ busy: "fine" });
    const usage = { workspaceId: workspace.id, purpose: "answer", outcome: "delivered" } as const;
    await Promise.all(Array.from({ length: 60 }, async () => recordUsage((await answer()).call, usage)));
    expect(await rowOf("busy")).toMatchObject({ dayTokens: 900, monthTokens: 900 });
    expect(await usageOf(workspace.id)).toHaveLength(60);
  });

  it("starts the day and the month at zero again", async () => {
    await givenKeys({ old: "fine" });
    await change("old", sql`day_tokens = 7000, day_on = '2020-01-31', month_tokens = 9000, month_on = '2020-01-01'`);
    await recordUsage((await answer()).call, { workspaceId: null, purpose: "answer", outcome: "delivered" });
    expect(await rowOf("old")).toMatchObject({ dayTokens: 15, monthTokens: 15 });
  });

  it("binds the quota: the next key serves as soon as the first has used its day up", async () => {
    await givenKeys({ small: "fine" }, { dailyTokenQuota: 30 });
    await givenKey(db, { name: "large", secret: "large", baseUrl: model.url, priority: 9 });
    model.set({ keys: { small: "fine", large: "fine" } });
    const asked: string[] = [];
    for (let request = 0; request < 3; request += 1) {
      const { call, askedKeys } = await answer();
      asked.push(...askedKeys);
      await recordUsage(call, { workspaceId: null, purpose: "answer", outcome: "delivered" });
    }
    expect(asked).toEqual(["small", "small", "large"]);
    expect((await states())[0]).toMatchObject({ name: "small", state: "day-quota" });
  });

  it("outlives the key, and is dropped without harm when its workspace is gone", async () => {
    const { workspace } = await givenWorkspace(db);
    await givenKeys({ brief: "fine" });
    const usage = { purpose: "answer", outcome: "discarded" } as const;
    const [kept, lost] = [await answer(), await answer()];
    await Promise.all([
      recordUsage(kept.call, { ...usage, workspaceId: workspace.id }),
      recordUsage(lost.call, { ...usage, workspaceId: "01890000-0000-7000-8000-000000000000" }),
    ]);
    await db.delete(aiKeys).where(eq(aiKeys.name, "brief"));
    expect(await usageOf(workspace.id)).toMatchObject([{ keyId: null, outcome: "discarded", totalTokens: 15 }]);
  });

  it("includes embeddings, which fail over and count like answers", async () => {
    const { workspace } = await givenWorkspace(db);
    await givenKeys({ revoked: 401, fine: "fine" }, { models: ["fake-embedding"] });
    const vectors = await (await embedder())?.embed(["One", "Two"], undefined, { workspaceId: workspace.id });
    expect(vectors).toHaveLength(2);
    expect(model.embeddingKeys).toEqual(["revoked", "fine"]);
    expect(await usageOf(workspace.id)).toMatchObject([
      { purpose: "embedding", outcome: "failed", errorCode: "401" },
      { purpose: "embedding", outcome: "delivered", promptTokens: 2 },
    ]);
    expect(await rowOf("fine")).toMatchObject({ dayTokens: 2 });
  });
});

describe("parallel calls of one process", () => {
  it("wait in line for a slot, and leave the line when they are stopped", async () => {
    await givenKeys({ one: "hang" });
    await setLimit(db, "modelCallsPerProcess", 1);
    const [first, second] = [new AbortController(), new AbortController()];
    const call = model.calls.length;
    const running = answer({ signal: first.signal }).catch((error: unknown) => error);
    await model.waitForCalls(call + 1);
    const waiting = answer({ signal: second.signal }).catch((error: unknown) => error);
    second.abort(new Error("left the line"));
    expect(await waiting).toMatchObject({ message: "left the line" });
    expect(model.calls.length).toBe(call + 1);
    model.set({ keys: { one: "fine" } });
    const third = answer();
    first.abort(new Error("done"));
    await running;
    expect((await third).text).toBe("Good morning to you.");
    await setLimit(db, "modelCallsPerProcess", 100);
  });
});
