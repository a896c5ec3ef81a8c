import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenSession } from "@/modules/auth/testing";
import { listMessages } from "@/modules/dialogs/server/service";
import { replyToVisitor } from "@/modules/handoff/server/reply";
import { givenWaiting, PNG } from "@/modules/handoff/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { env } from "@/server/env";
import { GET } from "./[messageId]/route";
import { POST } from "./route";

async function given() {
  const { ctx, workspace } = await givenWorkspace(testDb());
  const operator = await givenMember(testDb(), workspace.id);
  const { cookie } = await givenSession(testDb(), operator.user);
  const { dialogId } = await givenWaiting(ctx, { channel: "telegram" });
  return { ctx: operator.ctx, workspace, cookie, dialogId };
}

type Sent = { cookie: string; dialogId: string; id?: string; name?: string; bytes?: BlobPart; origin?: string };

function post({ cookie, dialogId, id = newId(), name = "посылка.png", bytes = PNG, origin = env().appUrl }: Sent) {
  const form = new FormData();
  form.set("dialogId", dialogId);
  form.set("id", id);
  form.set("file", new Blob([bytes]), name);
  return POST(
    new Request(`${env().appUrl}/api/attachments`, { method: "POST", body: form, headers: { cookie, origin } }),
  );
}

const get = (messageId: string, cookie: string) =>
  GET(new Request(`${env().appUrl}/api/attachments/${messageId}`, { headers: { cookie } }), {
    params: Promise.resolve({ messageId }),
  });
const errorOf = async (response: Response) => ({ status: response.status, ...(await response.json()).error.json.data });

describe("POST /api/attachments", () => {
  it("takes a file of an operator, and the reply that carries it gives it out to the team only, as a download", async () => {
    const { ctx, cookie, dialogId } = await given();
    const response = await post({ cookie, dialogId });
    expect(response.status).toBe(201);
    const file = await response.json();
    expect(file).toMatchObject({ kind: "photo", name: "посылка.png", sizeBytes: PNG.length });
    const { id } = await replyToVisitor(ctx, { dialogId, id: newId(), text: "", fileId: file.id, takeOver: true });
    const shown = await get(id, cookie);
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(PNG);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      "content-type": "image/png",
      "content-length": String(PNG.length),
      "content-disposition": expect.stringContaining("attachment; filename*=UTF-8''"),
      "x-content-type-options": "nosniff",
    });
    const stranger = await given();
    expect((await get(id, stranger.cookie)).status).toBe(404);
    expect((await get(id, "")).status).toBe(401);
  });

  it.each([
    ["folders", "../../etc/C:\\temp\\parcel.png", "parcel.png"],
    [
      "quotes and line breaks",
      'a"; filename="evil.exe\r\nX-Evil: 1\r\n.png',
      /^a"; filename="evil\.exe.*X-Evil: 1.*\.png$/,
    ],
    ["what turns the direction of reading", "parcel\u202egnp.png", "parcelgnp.png"],
    ["more emoji than fit", `${"😀".repeat(300)}ё.png`, `${"😀".repeat(98)}.png`],
  ])("keeps no harm of a name with %s", async (_, name, kept) => {
    const { ctx, cookie, dialogId } = await given();
    const file = await (await post({ cookie, dialogId, name })).json();
    expect(file.name).toEqual(typeof kept === "string" ? kept : expect.stringMatching(kept));
    const { id } = await replyToVisitor(ctx, { dialogId, id: newId(), text: "", fileId: file.id, takeOver: true });
    const shown = await get(id, cookie);
    expect(shown.status).toBe(200);
    const [, encoded = ""] = shown.headers.get("content-disposition")?.split("''") ?? [];
    expect(decodeURIComponent(encoded)).toBe(file.name);
  });

  it("does not know the dialog of another workspace, and keeps nothing of its file", async () => {
    const { ctx, dialogId } = await given();
    const stranger = await given();
    expect(await errorOf(await post({ cookie: stranger.cookie, dialogId }))).toMatchObject({ status: 404 });
    expect((await listMessages(ctx, { dialogId, limit: 10 })).items.some(({ attachment }) => attachment)).toBe(false);
  });

  it("refuses with the reason: strangers, foreign pages, files that are not what they say", async () => {
    const { cookie, dialogId } = await given();
    expect((await post({ cookie: "", dialogId })).status).toBe(401);
    expect((await post({ cookie, dialogId, origin: "https://evil.example" })).status).toBe(403);
    const foreign = await post({ cookie, dialogId, name: "a.png", bytes: "<svg onload=alert(1)>" });
    expect(await errorOf(foreign)).toMatchObject({ status: 415, facts: { reason: "mismatch" } });
    expect(await errorOf(await post({ cookie, dialogId, id: "1" }))).toMatchObject({ status: 400 });
    const large = await post({ cookie, dialogId, name: "a.pdf", bytes: new Uint8Array(20 * 1024 * 1024 + 1) });
    expect(await errorOf(large)).toMatchObject({ status: 413, facts: { reason: "too-large" } });
  });
});
