import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeTelegram } from "../../../../../e2e/fakes/telegram-server";
import { testDb } from "@/db/testing";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenSession } from "@/modules/auth/testing";
import { givenBot, recordAndRun, threadOf } from "@/modules/bots/testing";
import { setLimit } from "@/modules/system/server/settings";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { serveAttachment } from "./door";

const telegram = await new FakeTelegram().start();
// Read once by the first use of the environment, which is after this line.
Object.assign(process.env, { TELEGRAM_API_ROOT: telegram.url, TELEGRAM_MODE: "polling" });

const db = testDb();
beforeAll(() => setLimit(db, "burstQuietMs", 0));
afterAll(() => telegram.stop());

const bytes = new TextEncoder().encode("the bytes of a picture");

async function givenFile(content: (fileId: string) => object, name = "photo.jpg") {
  const { ctx, user, workspace } = await givenWorkspace(db);
  const { bot, fake } = await givenBot(ctx, telegram, (await givenAssistant(ctx)).id);
  const fileId = fake.desk.addFile(bytes, name);
  await recordAndRun(db, bot.id, { message: { ...fake.messageOf(""), text: undefined, ...content(fileId) } });
  const message = (await threadOf(ctx))?.messages[0];
  if (!message) throw new Error("The message was not stored.");
  const { cookie } = await givenSession(db, user);
  return { ctx, workspace, bot, fake, fileId, message, cookie };
}

const photo = (file_id: string) => ({ photo: [{ file_id, file_unique_id: "u", width: 9, height: 9 }] });
const get = (messageId: string, cookie = "") =>
  serveAttachment(new Request(`http://localhost/api/attachments/${messageId}`, { headers: { cookie } }), messageId);

describe("a visitor's file", () => {
  it("is shown to members without its keys, and opens for them through our own address", async () => {
    const { message, cookie, fileId, fake } = await givenFile(photo);
    expect(message).toMatchObject({ text: "", attachment: { kind: "photo", hasFile: true, width: 9, height: 9 } });
    expect(JSON.stringify(message)).not.toContain(fileId);
    const response = await get(message.id, cookie);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("the bytes of a picture");
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      "content-type": "image/jpeg",
      "content-disposition": expect.stringMatching(/^attachment; filename\*=UTF-8''photo-\w{6}\.jpg$/),
      "x-content-type-options": "nosniff",
    });
    expect(JSON.stringify(headers)).not.toContain(fake.token);
  });

  it.each(["Договор № 5 (1).pdf", "100%?#&+.pdf", "report v1. final"])("opens under any name: %s", async (name) => {
    const { message, cookie } = await givenFile((file_id) => ({ document: { file_id, file_name: name } }), name);
    expect(await (await get(message.id, cookie)).text()).toBe("the bytes of a picture");
  });

  it.each(["../../bot1/getMe", "x/../y", "./x", "/etc/passwd"])("does not open at %s", async (name) => {
    const { message, cookie } = await givenFile((file_id) => ({ document: { file_id } }), name);
    expect((await get(message.id, cookie)).status).toBe(404);
  });

  it("is for every role of its workspace and for nobody else", async () => {
    const { message, ctx } = await givenFile(photo);
    const operator = await givenMember(db, ctx.workspaceId, { memberRole: "operator" });
    expect((await get(message.id, (await givenSession(db, operator.user)).cookie)).status).toBe(200);
    const stranger = await givenWorkspace(db);
    expect((await get(message.id, (await givenSession(db, stranger.user)).cookie)).status).toBe(404);
    expect((await get(message.id)).status).toBe(401);
  });

  it.each([
    ["a page", "text/html"],
    ["a drawing with scripts", "image/svg+xml"],
    ["something unheard of", "application/x-evil"],
  ])("is bytes when it claims to be %s", async (_, mime_type) => {
    const { message, cookie } = await givenFile((file_id) => ({
      document: { file_id, file_name: "../../счёт.html", mime_type },
    }));
    const response = await get(message.id, cookie);
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent("счёт.html")}`,
    );
    await response.body?.cancel();
  });

  it("is NOT_FOUND when Telegram does not give it out, is silent, or never had one", async () => {
    const { message, cookie, fake } = await givenFile(photo);
    fake.script("getFile", { ok: false, error_code: 400, description: "Bad Request: file is too big" }, "reset");
    expect((await get(message.id, cookie)).status).toBe(404);
    expect((await get(message.id, cookie)).status).toBe(404);
    const unknown = await givenFile(() => photo("never-sent"));
    expect((await get(unknown.message.id, unknown.cookie)).status).toBe(404);
    const place = await givenFile(() => ({ location: { latitude: 1, longitude: 2 } }));
    expect((await get(place.message.id, place.cookie)).status).toBe(404);
    expect((await get("no-id", cookie)).status).toBe(404);
  });
});
