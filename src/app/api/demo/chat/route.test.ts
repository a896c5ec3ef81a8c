import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { systemSettings } from "@/db/schema/platform";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { listDialogs } from "@/modules/dialogs/server/list/service";
import { deleteDocument, insertDocument } from "@/modules/knowledge/server/document-repository";
import { givenDocument } from "@/modules/knowledge/testing";
import { readGuest } from "@/modules/site/server/guest-cookie";
import { isReadingDocuments } from "@/modules/site/server/reading";
import { saveDemo } from "@/modules/site/server/repository";
import { showDemo } from "@/modules/site/server/service";
import { givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import { env } from "@/server/env";
import { makeCtx } from "@/server/testing";
import { POST } from "./route";
import { POST as STOP } from "./stop/route";

type Sent = { body?: unknown; raw?: string; origin?: string | null; cookie?: string; address?: string };

const question = (text = "How much is delivery?") => ({ id: newId(), text, locale: "en" });

function request(path: string, { body, raw, origin = env().appUrl, cookie, address = newId() }: Sent): Request {
  const headers = new Headers({ "content-type": "application/json", "x-chatai-peer": address });
  if (origin !== null) headers.set("origin", origin);
  if (cookie) headers.set("cookie", cookie);
  return new Request(`${env().appUrl}${path}`, { method: "POST", headers, body: raw ?? JSON.stringify(body) });
}

const send = (sent: Sent) => POST(request("/api/demo/chat", sent));
const cookieOf = (response: Response) => response.headers.get("set-cookie")?.split(";")[0] ?? "";
const guestOf = (cookie: string) => readGuest(new Headers({ cookie }));
const visitorCtx = () => makeCtx(testDb(), { kind: "anonymous" });

describe("the landing page's demo chat", () => {
  let owner: MemberCtx;
  let demoAssistantId: string;

  beforeEach(async () => {
    ({ ctx: owner } = await givenWorkspace(testDb()));
    const assistant = await givenAssistant(owner, { greeting: "Hello" });
    demoAssistantId = assistant.id;
    await givenDocument(owner, {
      assistantId: assistant.id,
      name: "Delivery.md",
      text: "Delivery costs £3.95 and takes two days.",
    });
    await saveDemo(testDb(), { workspaceId: owner.workspaceId, assistantIds: { en: assistant.id, ru: assistant.id } });
  });

  it("streams an answer with its source and names the guest by a cookie that scripts cannot read", async () => {
    const response = await send({ body: question() });
    expect(response.status).toBe(200);
    expect(response.headers.get("set-cookie")).toMatch(
      /^demo-guest=[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/,
    );
    const stream = await response.text();
    expect(stream).toContain("3.95");
    expect(stream).toContain('"type":"source-document"');
    expect(stream).toContain("Delivery.md");
  });

  it("shows a guest's dialog to that guest alone", async () => {
    const first = await send({ body: question() });
    await first.text();
    const cookie = cookieOf(first);
    const own = await showDemo(visitorCtx(), guestOf(cookie));
    expect(own?.history.map(({ author }) => author)).toEqual(["visitor", "assistant"]);
    expect(own?.history[1]?.citations).toMatchObject([{ n: 1, title: "Delivery.md" }]);
    const other = await send({ body: question() });
    await other.text();
    expect((await showDemo(visitorCtx(), guestOf(cookieOf(other))))?.history).toHaveLength(2);
    expect((await showDemo(visitorCtx(), null))?.history).toEqual([]);
  });

  it("takes a forged cookie for a stranger", async () => {
    const forged = `demo-guest=${newId()}`;
    expect(guestOf(forged)).toBeNull();
    const response = await send({ body: question(), cookie: forged });
    await response.text();
    expect(guestOf(cookieOf(response))).not.toBeNull();
  });

  it("answers the same question id once", async () => {
    const body = question();
    const first = await send({ body });
    await first.text();
    const cookie = cookieOf(first);
    const again = await send({ body, cookie });
    expect(await again.text()).toContain("3.95");
    expect((await showDemo(visitorCtx(), guestOf(cookie)))?.history).toHaveLength(2);
  });

  it("keeps the dialog in the demo workspace as a visitor's of the website", async () => {
    const response = await send({ body: question() });
    await response.text();
    const { items } = await listDialogs(owner, { channel: "widget", limit: 50 });
    expect(items.map(({ id }) => id)).toContain(response.headers.get("x-dialog-id"));
  });

  it.each([
    ["another site", "https://evil.example"],
    ["no origin", null],
  ])("refuses a request from %s", async (_, origin) => {
    const response = await send({ body: question(), origin });
    expect(response.status).toBe(403);
    expect(response.headers.get("set-cookie")).toBeNull();
  });

  it.each([
    ["over 500 characters", { body: question("a".repeat(501)) }],
    ["an empty text", { body: question("   ") }],
    ["an id that is none", { body: { ...question(), id: "1" } }],
    ["broken JSON", { raw: "{" }],
  ])("refuses %s", async (_, sent) => {
    expect((await send(sent)).status).toBe(400);
  });

  it("allows ten questions a minute from one address and says when to come back", async () => {
    const address = newId();
    const statuses: number[] = [];
    for (let n = 0; n < 10; n += 1) statuses.push((await send({ body: question("   "), address })).status);
    const refused = await send({ body: question(), address });
    expect(new Set(statuses)).toEqual(new Set([400]));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    const elsewhere = await send({ body: question() });
    expect(elsewhere.status).toBe(200);
    await elsewhere.text();
  });

  it("lets a question wait while the documents of a new installation are being read", async () => {
    const late = await insertDocument(testDb(), {
      workspaceId: owner.workspaceId,
      assistantId: demoAssistantId,
      kind: "text",
      name: "Late.md",
      sizeBytes: 1,
      contentHash: newId(),
    });
    const waiting = send({ body: question() });
    const first = await Promise.race([waiting, isReadingDocuments(owner, demoAssistantId)]);
    expect(first).toBe(true);
    await deleteDocument(testDb(), owner.workspaceId, late.id);
    expect(await (await waiting).text()).toContain("3.95");
  });

  it("stops nothing without complaint", async () => {
    const response = await STOP(request("/api/demo/chat/stop", { body: { locale: "en" } }));
    expect(await response.json()).toEqual({ ok: true });
  });

  it("is not there without a demo workspace", async () => {
    await testDb().delete(systemSettings).where(eq(systemSettings.category, "site"));
    expect((await send({ body: question() })).status).toBe(404);
    expect(await showDemo(visitorCtx(), null)).toBeNull();
  });
});
