import { beforeAll, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { givenSession } from "@/modules/auth/testing";
import { knowledgeLimits } from "@/modules/knowledge/limits";
import { getDocument } from "@/modules/knowledge/server/service/documents";
import { givenAssistant } from "@/modules/knowledge/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { env } from "@/server/env";
import { GET } from "./[id]/route";
import { POST } from "./route";

let owner: Awaited<ReturnType<typeof givenOwner>>;
beforeAll(async () => {
  owner = await givenOwner();
});

async function givenOwner() {
  const { ctx, user, workspace } = await givenWorkspace(testDb());
  const { cookie } = await givenSession(testDb(), user);
  return { ctx, workspace, cookie, assistantId: await givenAssistant(ctx) };
}

type Sent = {
  cookie?: string;
  origin?: string | null;
  fields?: Record<string, string>;
  file?: { name: string; bytes: BlobPart };
};

function post({
  cookie = owner.cookie,
  origin = env().appUrl,
  fields = { assistantId: owner.assistantId },
  file,
}: Sent): Promise<Response> {
  const form = new FormData();
  if (file) form.set("file", new Blob([file.bytes]), file.name);
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const request = new Request(`${env().appUrl}/api/files`, {
    method: "POST",
    body: form,
    headers: { cookie, ...(origin === null ? {} : { origin }) },
  });
  return POST(request);
}

const get = (id: string, cookie: string) =>
  GET(new Request(`${env().appUrl}/api/files/${id}`, { headers: { cookie } }), { params: Promise.resolve({ id }) });
const errorOf = async (response: Response) => ({ status: response.status, ...(await response.json()).error.json.data });

describe("POST /api/files", () => {
  it("takes a file with a Russian name and answers 201 with its id, whatever the order of the fields", async () => {
    const response = await post({ file: { name: "Прайс «Ёлка» & co.txt", bytes: "Цена 5 ₽" } });
    expect(response.status).toBe(201);
    const { documentId } = await response.json();
    expect(await getDocument(owner.ctx, documentId)).toMatchObject({ name: "Прайс «Ёлка» & co.txt", status: "queued" });
  });

  it("answers 402 with what is missing when the balance does not pay for a document", async () => {
    const { ctx, user } = await givenWorkspace(testDb(), { fundsMicros: 4_999_999 });
    const { cookie } = await givenSession(testDb(), user);
    const fields = { assistantId: await givenAssistant(ctx) };
    expect(await errorOf(await post({ cookie, fields, file: { name: "a.txt", bytes: "Words." } }))).toMatchObject({
      status: 402,
      appCode: "INSUFFICIENT_FUNDS",
      facts: { reason: "no-funds", neededMicros: 5_000_000 },
    });
  });

  it("takes exactly 25 MB and refuses one byte more with 413", async () => {
    const bytes = Buffer.alloc(knowledgeLimits.fileBytes + 1, "words and ");
    expect((await post({ file: { name: "ok.txt", bytes: bytes.subarray(1) } })).status).toBe(201);
    expect(await errorOf(await post({ file: { name: "big.txt", bytes } }))).toMatchObject({
      status: 413,
      code: "PAYLOAD_TOO_LARGE",
      facts: { reason: "too-large", megabytes: 25 },
    });
  });

  it.each([
    ["program.pdf", "MZ\u0000\u0000", 415, "executable"],
    ["old.doc", "x", 415, "legacy-doc"],
    ["movie.mp4", "x", 415, "unsupported-type"],
    ["empty.txt", "", 400, "empty"],
  ])("answers %s with its reason", async (name, bytes, status, reason) => {
    expect(await errorOf(await post({ file: { name, bytes } }))).toMatchObject({ status, facts: { reason } });
  });

  it("answers 409 and the name for a repeat, 201 when both shall stay", async () => {
    const file = { name: "twice.txt", bytes: "the same content" };
    await post({ file });
    expect(await errorOf(await post({ file }))).toMatchObject({
      status: 409,
      facts: { reason: "duplicate", name: "twice.txt" },
    });
    expect((await post({ file, fields: { assistantId: owner.assistantId, keepDuplicate: "true" } })).status).toBe(201);
  });

  it("answers 404 for another workspace's assistant, 401 signed out, 403 to operators and to other sites", async () => {
    const file = { name: "a.txt", bytes: "unique words here" };
    const stranger = await givenOwner();
    expect((await post({ file, cookie: stranger.cookie })).status).toBe(404);
    expect((await post({ file, cookie: "" })).status).toBe(401);
    expect((await post({ file, origin: "https://evil.example" })).status).toBe(403);
    expect((await post({ file, origin: null })).status).toBe(403);
    const operator = await givenMember(testDb(), owner.workspace.id);
    const { cookie } = await givenSession(testDb(), operator.user);
    expect((await post({ file, cookie })).status).toBe(403);
  });

  it("names the field that is missing or wrong", async () => {
    expect(await errorOf(await post({}))).toMatchObject({ status: 400, fieldErrors: { file: ["required"] } });
    const file = { name: "a.txt", bytes: "some other words" };
    expect(await errorOf(await post({ file, fields: { assistantId: "x" } }))).toMatchObject({
      status: 400,
      fieldErrors: { assistantId: expect.anything() },
    });
  });

  it("refuses what is no form, and a form that breaks off", async () => {
    const send = (contentType: string, body: string) =>
      POST(
        new Request(`${env().appUrl}/api/files`, {
          method: "POST",
          body,
          headers: { cookie: owner.cookie, origin: env().appUrl, "content-type": contentType },
        }),
      );
    expect((await send("application/json", "{}")).status).toBe(415);
    expect(
      (
        await send(
          "multipart/form-data; boundary=x",
          '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf',
        )
      ).status,
    ).toBe(400);
    expect((await send("multipart/form-data; boundary=x", "garbage")).status).toBe(400);
  });
});

describe("GET /api/files/[id]", () => {
  it("sends the file back as a download that cannot run, to its own workspace only", async () => {
    const bytes = "<script>alert(1)</script><p>Hello there</p>";
    const { documentId } = await (await post({ file: { name: "Страница.html", bytes } })).json();
    const response = await get(documentId, owner.cookie);
    expect(await response.text()).toBe(bytes);
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent("Страница.html")}`,
    );
    expect(response.headers.get("content-security-policy")).toContain("sandbox");
    expect((await get(documentId, (await givenOwner()).cookie)).status).toBe(404);
    expect((await get(documentId, "")).status).toBe(401);
    expect((await get("../../etc/passwd", owner.cookie)).status).toBe(404);
  });
});
