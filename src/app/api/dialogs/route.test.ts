import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { auditedOperations } from "@/modules/audit/testing";
import { givenSession } from "@/modules/auth/testing";
import { addTeamNote, tagDialog } from "@/modules/dialogs/server/notes";
import { rateDialog } from "@/modules/dialogs/server/ratings";
import { receiveMessage } from "@/modules/dialogs/server/receive";
import { closeDialog } from "@/modules/dialogs/server/service";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { env } from "@/server/env";
import { GET as getDialog } from "./[id]/route";
import { GET as getVisitor } from "./[id]/visitor/route";
import { GET as getList } from "./route";

const db = testDb();
const HOSTILE = `=HYPERLINK("http://x"),"Ёлка; <b>`;

async function given() {
  const { ctx, user, workspace } = await givenWorkspace(db);
  const { id: assistantId } = await givenAssistant(ctx, { name: "Shop" });
  const message = { assistantId, channel: "telegram" as const, visitorKey: newId(), clientId: newId() };
  const { dialogId } = await receiveMessage(ctx, { ...message, visitorName: HOSTILE, text: "Line 1\nLine <2>" });
  const session = await givenSession(db, user);
  return { ctx, workspace, dialogId, cookie: session.cookie };
}

const get = (cookie: string, path: string, language = "en") =>
  new Request(`${env().appUrl}/api/dialogs${path}`, { headers: { cookie: `${cookie}; locale=${language}` } });
const list = (cookie: string, query = "", language?: string) => getList(get(cookie, `?${query}`, language));
const dialog = (cookie: string, id: string, query = "") =>
  getDialog(get(cookie, `/${id}?${query}`), { params: Promise.resolve({ id }) });
const statusOf = async (response: Promise<Response>) => (await response).status;

describe("GET /api/dialogs", () => {
  it("gives the filtered list as a spreadsheet that opens in Excel and runs nothing", async () => {
    const { ctx, cookie, dialogId } = await given();
    await rateDialog(ctx, { dialogId, stars: 4 });
    await tagDialog(ctx, { dialogId, text: "vip" });
    await closeDialog(ctx, { dialogId, resolution: "solved" });
    const response = await list(cookie, "rating=high&tag=vip&period=today");
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes).trimEnd().split("\r\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^Started,Last message,Visitor,Channel,/);
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://x""),""Ёлка; <b>",Telegram,Shop,Ended,Solved,4,0,0,1,,,vip,`);
    expect(await auditedOperations(db, ctx.workspaceId)).toContain("dialogs.exported");
  });

  it("speaks Russian the way a Russian spreadsheet reads, and shows nothing that the filter hides", async () => {
    const { cookie } = await given();
    const text = await (await list(cookie, "rating=low", "ru")).text();
    expect(text.replace("\uFEFF", "")).toMatch(/^Начат;Последнее сообщение;Посетитель;[^\r]+\r\n$/);
  });

  it("refuses a filter that is none, strangers, operators and people who are not signed in", async () => {
    const { cookie, workspace, dialogId } = await given();
    const { user: operator } = await givenMember(db, workspace.id);
    const working = (await givenSession(db, operator)).cookie;
    const stranger = (await givenSession(db, (await givenWorkspace(db)).user)).cookie;
    expect(await statusOf(list(cookie, "rating=nonsense"))).toBe(400);
    expect(await statusOf(list(cookie, "from=2025-13-45"))).toBe(400);
    expect(await statusOf(list(stranger, `workspace=${workspace.slug}`))).toBe(404);
    expect(await statusOf(list(working))).toBe(403);
    expect(await statusOf(list(""))).toBe(401);
    expect(await statusOf(dialog(stranger, dialogId))).toBe(404);
    expect(await statusOf(dialog(working, dialogId))).toBe(403);
    expect(await statusOf(dialog("", dialogId))).toBe(401);
    expect(await statusOf(dialog(cookie, "1"))).toBe(400);
    expect(await statusOf(dialog(cookie, newId()))).toBe(404);
    expect(await statusOf(dialog(cookie, dialogId, "format=exe"))).toBe(400);
  });
});

describe("GET /api/dialogs/[id]", () => {
  it("gives one dialog as text with the words unchanged and the team's notes at the end", async () => {
    const { ctx, cookie, dialogId } = await given();
    await addTeamNote(ctx, { dialogId, id: newId(), text: "Call back" });
    const { user: ben } = await givenMember(db, ctx.workspaceId);
    await addTeamNote(ctx, { dialogId, id: newId(), text: `@[${ben.id}], please help` });
    const response = await dialog(cookie, dialogId);
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    const text = await response.text();
    expect(text).toContain(`${HOSTILE}:\r\nLine 1\r\nLine <2>`);
    expect(text).toMatch(/Note of the team, .+:\r\nCall back/);
    expect(text).toContain(`\r\n@${ben.name}, please help\r\n`);
    expect(await auditedOperations(db, dialogId)).toContain("dialogs.exported");
  });

  it("gives it as JSON that reads back, and never the keys of the channel", async () => {
    const { cookie, dialogId } = await given();
    const text = await (await dialog(cookie, dialogId, "format=json")).text();
    const read: unknown = JSON.parse(text);
    expect(read).toMatchObject({
      dialog: { id: dialogId, visitorName: HOSTILE, channel: "telegram" },
      notes: [],
      messages: [{ seq: 1, author: "visitor", text: "Line 1\nLine <2>" }],
    });
    expect(text).not.toMatch(/visitorKey|fileId|storageKey/);
  });
});

describe("GET /api/dialogs/[id]/visitor", () => {
  it("gives everything of one visitor as JSON that reads back, to owners and admins alone", async () => {
    const { ctx, cookie, workspace, dialogId } = await given();
    const visitor = (asked: string, id = dialogId) =>
      getVisitor(get(asked, `/${id}/visitor`), { params: Promise.resolve({ id }) });
    await closeDialog(ctx, { dialogId });
    const read: unknown = await (await visitor(cookie)).json();
    expect(read).toMatchObject({
      visitor: { name: HOSTILE, channel: "telegram" },
      dialogs: [{ dialog: { id: dialogId }, messages: [{ text: "Line 1\nLine <2>" }] }],
    });
    expect(await auditedOperations(db, dialogId)).toContain("visitors.exported");
    const { user: operator } = await givenMember(db, workspace.id);
    expect(await statusOf(visitor((await givenSession(db, operator)).cookie))).toBe(403);
    expect(await statusOf(visitor((await givenSession(db, (await givenWorkspace(db)).user)).cookie))).toBe(404);
    expect(await statusOf(visitor(""))).toBe(401);
    expect(await statusOf(visitor(cookie, newId()))).toBe(404);
  });
});
