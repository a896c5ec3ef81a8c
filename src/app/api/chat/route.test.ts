import { encode } from "next-auth/jwt";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { authSessions } from "@/db/schema/users";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { sessionCookieName } from "@/modules/auth/server/session-cookie";
import { accountsOf, givenFunds } from "@/modules/balance/testing";
import { explainAnswer } from "@/modules/chat/server/explain";
import { closeDialog, listMessages } from "@/modules/dialogs/server/service";
import { givenDocument } from "@/modules/knowledge/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { env, requiredSecret } from "@/server/env";
import { startModelServer } from "../../../../e2e/fakes/model-server";
import { GET as resume } from "./[dialogId]/stream/route";
import { POST as ask } from "./route";
import { POST as stop } from "./stop/route";

const model = await startModelServer();
Object.assign(process.env, { OPENAI_BASE_URL: model.url, AI_MODEL: "fake-standard" });
afterAll(() => model.close());
beforeEach(() => model.set({ firstTokenMs: 0, tokenMs: 0, reply: undefined }));

type Chunk = {
  type: string;
  messageId?: string;
  delta?: string;
  title?: string;
  errorText?: string;
  reason?: string;
  messageMetadata?: Record<string, unknown>;
};

async function signedInCookie(userId: string): Promise<string> {
  const id = newId();
  await testDb()
    .insert(authSessions)
    .values({ id, userId, expiresAt: new Date(Date.now() + 3_600_000) });
  return `${sessionCookieName()}=${await encode({ token: { sid: id }, secret: requiredSecret("AUTH_SECRET") })}`;
}

async function givenPlayground(overrides: { fundsMicros?: number } = {}) {
  const { ctx, user } = await givenWorkspace(testDb(), overrides);
  const { id: assistantId } = await givenAssistant(ctx);
  await givenDocument(ctx, {
    assistantId,
    name: "Delivery.md",
    text: "Delivery within the city costs 300 roubles and takes one day.",
  });
  return { ctx, assistantId, cookie: await signedInCookie(user.id) };
}

function post(cookie: string | null, body: unknown, headers: Record<string, string> = {}, path = "/api/chat"): Request {
  const own = { "content-type": "application/json", origin: env().appUrl, ...(cookie ? { cookie } : {}), ...headers };
  return new Request(`${env().appUrl}${path}`, {
    method: "POST",
    headers: own,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

async function chunksOf(response: Response): Promise<Chunk[]> {
  const lines = (await response.text()).split("\n").filter((line) => line.startsWith("data: "));
  expect(lines.at(-1)).toBe("data: [DONE]");
  return lines.slice(0, -1).map((line) => JSON.parse(line.slice(6)));
}

const textOf = (chunks: Chunk[]) => chunks.map(({ type, delta }) => (type === "text-delta" ? delta : "")).join("");
const answerIdOf = (chunks: Chunk[]) => chunks.find(({ type }) => type === "start")?.messageId ?? "";
const question = "How much is delivery?";

describe("POST /api/chat", () => {
  it("answers and charges the same id once, also after its dialog has ended", async () => {
    const { ctx, assistantId, cookie } = await givenPlayground();
    const body = { assistantId, id: newId(), text: question };
    const first = await ask(post(cookie, body));
    const answer = await chunksOf(first);
    await closeDialog(ctx, { dialogId: first.headers.get("x-dialog-id") ?? "" });
    const again = await ask(post(cookie, body));
    expect(answerIdOf(await chunksOf(again))).toBe(answerIdOf(answer));
    expect((await accountsOf(testDb(), ctx.workspaceId)).ledger.charges).toBe(1);
  });

  it("does not break off the running answer when an earlier message is sent again", async () => {
    const { assistantId, cookie } = await givenPlayground();
    const earlier = { assistantId, id: newId(), text: question };
    const first = await ask(post(cookie, earlier));
    await chunksOf(first);
    const dialogId = first.headers.get("x-dialog-id");
    model.set({ tokenMs: 20, reply: () => "one two three four five six seven eight" });
    const running = await ask(post(cookie, { assistantId, dialogId, id: newId(), text: "And to Kazan?" }));
    const repeated = await ask(post(cookie, { ...earlier, dialogId }));
    await chunksOf(repeated);
    expect(textOf(await chunksOf(running))).toContain("eight");
  });

  it("answers 402 with the missing amount when the balance is used up, and the same id works after a top-up", async () => {
    const { ctx, assistantId, cookie } = await givenPlayground({ fundsMicros: 0 });
    const body = { assistantId, id: newId(), text: question };
    const refused = await ask(post(cookie, body));
    expect(refused.status).toBe(402);
    expect(await refused.json()).toMatchObject({
      error: { json: { data: { appCode: "INSUFFICIENT_FUNDS", facts: { neededMicros: 5_000_000 } } } },
    });
    await givenFunds(testDb(), ctx.workspaceId, 5_000_000);
    const paid = await ask(post(cookie, body));
    expect(paid.status).toBe(200);
    const chunks = await chunksOf(paid);
    expect(chunks.at(-1)?.messageMetadata).toMatchObject({ chargeMicros: 5_000_000 });
    expect(textOf(await chunksOf(await ask(post(cookie, body))))).toBe(textOf(chunks));
  });

  it("streams a cited answer in the UI message protocol and names its dialog", async () => {
    const { ctx, assistantId, cookie } = await givenPlayground();
    const response = await ask(post(cookie, { assistantId, id: newId(), text: question }));
    expect(response.status).toBe(200);
    expect(response.headers.get("x-vercel-ai-ui-message-stream")).toBe("v1");
    const dialogId = response.headers.get("x-dialog-id") ?? "";
    const chunks = await chunksOf(response);
    expect(textOf(chunks)).toBe("Delivery within the city costs 300 roubles and takes one day. [1]");
    expect(chunks.find(({ type }) => type === "source-document")).toMatchObject({ title: "Delivery.md" });
    expect(chunks.at(-1)).toMatchObject({
      type: "finish",
      messageMetadata: { dialogId, model: "fake-standard", isDemoModel: false },
    });
    const { items } = await listMessages(ctx, { dialogId, limit: 50 });
    expect(items.map(({ author }) => author)).toEqual(["visitor", "assistant"]);
    expect(items[1]).toMatchObject({
      id: answerIdOf(chunks),
      text: textOf(chunks),
      citations: [{ n: 1, title: "Delivery.md" }],
    });
  });

  it("explains the answer with passages, prompt and timings, for its workspace only", async () => {
    const { ctx, assistantId, cookie } = await givenPlayground();
    const messageId = answerIdOf(await chunksOf(await ask(post(cookie, { assistantId, id: newId(), text: question }))));
    expect(await explainAnswer(ctx, { messageId })).toMatchObject({
      query: question,
      prompt: expect.stringContaining("300 roubles"),
      passages: [{ n: 1, title: "Delivery.md", isCited: true, score: expect.any(Number) }],
      model: "fake-standard",
      promptTokens: 10,
      completionTokens: 5,
      timings: { totalMs: expect.any(Number) },
    });
    const { ctx: stranger } = await givenWorkspace(testDb());
    await expect(explainAnswer(stranger, { messageId })).rejects.toEqual(
      expect.objectContaining({ code: "NOT_FOUND" }),
    );
  });

  it("gives one answer to one id, in parallel and afterwards, with and without the dialog named", async () => {
    const { ctx, assistantId, cookie } = await givenPlayground();
    model.set({ firstTokenMs: 40 });
    const asked = model.calls.length;
    const body = { assistantId, id: newId(), text: question };
    const parallel = await Promise.all([1, 2, 3].map(async () => chunksOf(await ask(post(cookie, body)))));
    const again = await ask(post(cookie, body));
    const dialogId = again.headers.get("x-dialog-id") ?? "";
    const later = await chunksOf(again);
    const named = await chunksOf(await ask(post(cookie, { ...body, dialogId })));
    const all = [...parallel, later, named];
    expect(new Set(all.map(answerIdOf)).size).toBe(1);
    expect(new Set(all.map(textOf)).size).toBe(1);
    expect(all.every((chunks) => chunks.some(({ type }) => type === "source-document"))).toBe(true);
    expect(model.calls.length - asked).toBe(1);
    expect((await listMessages(ctx, { dialogId, limit: 50 })).items).toHaveLength(2);
  });

  it("continues the named dialog with its history", async () => {
    const { assistantId, cookie } = await givenPlayground();
    const first = await ask(post(cookie, { assistantId, id: newId(), text: question }));
    await first.text();
    const dialogId = first.headers.get("x-dialog-id");
    const second = await ask(post(cookie, { assistantId, dialogId, id: newId(), text: "And how long?" }));
    await second.text();
    expect(second.headers.get("x-dialog-id")).toBe(dialogId);
    expect(model.calls.at(-1)?.messages.filter(({ role }) => role === "user")).toHaveLength(2);
  });

  it("says politely that the provider failed, and answers the same id when it is sent again", async () => {
    const { assistantId, cookie } = await givenPlayground();
    model.script(400);
    const body = { assistantId, id: newId(), text: question };
    const failed = await chunksOf(await ask(post(cookie, body)));
    expect(failed.at(-1)).toMatchObject({ type: "error", errorText: expect.stringContaining("did not come") });
    expect(textOf(await chunksOf(await ask(post(cookie, body))))).toContain("300 roubles");
  });

  it.each([
    ["no session", null, {}, 401],
    ["another site", "own", { origin: "https://evil.example" }, 403],
    ["no origin", "own", { origin: "" }, 403],
    ["somebody else's assistant", "stranger", {}, 404],
    ["an operator", "operator", {}, 403],
    ["a workspace that is not the assistant's", "own", { "x-workspace-id": newId() }, 404],
  ] as const)("refuses %s", async (_, who, headers, status) => {
    const { ctx, assistantId, cookie } = await givenPlayground();
    const cookies = {
      own: () => cookie,
      stranger: async () => (await givenPlayground()).cookie,
      operator: async () => signedInCookie((await givenMember(testDb(), ctx.workspaceId)).user.id),
    };
    const response = await ask(
      post(who && (await cookies[who]()), { assistantId, id: newId(), text: question }, headers),
    );
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      error: { json: { data: { httpStatus: status, requestId: expect.any(String) } } },
    });
  });

  it.each([
    ["10,001 characters", { text: "x".repeat(10_001) }, "text"],
    ["an empty message", { text: " \n" }, "text"],
    ["a message of nothing that can be stored", { text: "\u0000" }, "text"],
    ["a missing id", { id: undefined }, "id"],
    ["an id that cannot be stored", { id: "a\u0000b" }, "id"],
    ["an assistant id that is none", { assistantId: "1" }, "assistantId"],
  ])("names the wrong field for %s", async (_, wrong, field) => {
    const { assistantId, cookie } = await givenPlayground();
    const response = await ask(post(cookie, { assistantId, id: newId(), text: question, ...wrong }));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { json: { data: { appCode: "VALIDATION", fieldErrors: { [field]: expect.any(Array) } } } },
    });
  });

  it("refuses broken JSON with 400 and an endless body with 413", async () => {
    const { cookie } = await givenPlayground();
    expect((await ask(post(cookie, "{"))).status).toBe(400);
    expect((await ask(post(cookie, JSON.stringify({ text: "x".repeat(300_000) })))).status).toBe(413);
  });

  it("keeps emoji, markup, ё and even NUL from breaking anything", async () => {
    const { ctx, assistantId, cookie } = await givenPlayground();
    const text = `<script>alert("1")</script> url(x) ёжик 🦔 \u0000 'quote'`;
    const response = await ask(post(cookie, { assistantId, id: newId(), text }));
    await response.text();
    const { items } = await listMessages(ctx, { dialogId: response.headers.get("x-dialog-id") ?? "", limit: 50 });
    expect(items[0]?.text).toBe(text.replace("\u0000", ""));
  });

  it("answers 409 while the assistant is off", async () => {
    const { ctx, user } = await givenWorkspace(testDb());
    const { id: assistantId } = await givenAssistant(ctx, { isActive: false });
    const response = await ask(post(await signedInCookie(user.id), { assistantId, id: newId(), text: question }));
    expect(response.status).toBe(409);
  });
});

describe("a running answer", () => {
  async function whileWriting() {
    const playground = await givenPlayground();
    model.set({ reply: () => "one two three four five six seven eight nine ten", tokenMs: 25 });
    const call = model.calls.length;
    const response = await ask(
      post(playground.cookie, { assistantId: playground.assistantId, id: newId(), text: question }),
    );
    const dialogId = response.headers.get("x-dialog-id") ?? "";
    const getStream = (cookie: string) =>
      resume(new Request(`${env().appUrl}/api/chat/${dialogId}/stream`, { headers: { cookie } }), {
        params: Promise.resolve({ dialogId }),
      });
    return { ...playground, call, response, dialogId, getStream };
  }

  it("is heard from its first word after a reload, and to its end", async () => {
    const { cookie, response, getStream, dialogId, ctx } = await whileWriting();
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    const chunks = await chunksOf(await getStream(cookie));
    expect(textOf(chunks)).toBe("one two three four five six seven eight nine ten");
    expect(chunks.at(-1)?.type).toBe("finish");
    expect((await listMessages(ctx, { dialogId, limit: 50 })).items).toHaveLength(2);
    expect((await getStream(cookie)).status).toBe(204);
  });

  it("is nobody else's to hear or to stop", async () => {
    const { response, getStream, dialogId } = await whileWriting();
    const { cookie: stranger } = await givenPlayground();
    expect((await getStream(stranger)).status).toBe(404);
    expect((await stop(post(stranger, { dialogId }, {}, "/api/chat/stop"))).status).toBe(404);
    expect(textOf(await chunksOf(response))).toContain("ten");
  });

  it("ends at the provider when it is stopped, and keeps what was written", async () => {
    const { cookie, response, dialogId, call, ctx } = await whileWriting();
    const reader = response.body?.getReader();
    let heard = "";
    while (reader && !heard.includes("three")) heard += new TextDecoder().decode((await reader.read()).value);
    expect((await stop(post(cookie, { dialogId }, {}, "/api/chat/stop"))).status).toBe(200);
    await model.waitForAbort(call);
    while (reader && !heard.includes("[DONE]")) heard += new TextDecoder().decode((await reader.read()).value);
    const { items } = await listMessages(ctx, { dialogId, limit: 50 });
    expect(items[1]?.text).toMatch(/^one two three/);
    expect(items[1]?.text).not.toContain("ten");
  });
});
