import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { listMessages } from "@/modules/dialogs/server/service";
import { replyFileLimits } from "@/modules/handoff/files/limits";
import { replyToVisitor } from "@/modules/handoff/server/reply";
import { givenWaiting, PNG } from "@/modules/handoff/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import { stageFile, storedPath } from "@/server/storage";
import { findFile } from "./repository";
import { dropFile, forgetFiles, receiveFile } from "./service";

const db = testDb();
const notFound = expect.objectContaining({ code: "NOT_FOUND" });
const refused = (reason: string) => expect.objectContaining({ facts: expect.objectContaining({ reason }) });

async function given() {
  const { ctx, workspace } = await givenWorkspace(db);
  const ben = (await givenMember(db, workspace.id)).ctx;
  const { dialogId } = await givenWaiting(ctx, { channel: "telegram" });
  return { ctx, ben, dialogId };
}

async function receive(
  ctx: MemberCtx,
  dialogId: string,
  file: { name?: string; bytes?: Uint8Array; id?: string } = {},
) {
  const { name = "parcel.png", bytes = PNG, id = newId() } = file;
  const staged = await stageFile(streamOf(bytes), replyFileLimits.documentBytes);
  return receiveFile(ctx, { dialogId, id, fileName: name, file: staged });
}

async function* streamOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const keyOf = async (ctx: MemberCtx, id: string) => (await findFile(db, ctx.workspaceId, id))?.storageKey ?? "";

describe("a file that a person sends to a visitor", () => {
  it("leaves with one reply, once, and the thread shows what it is and not where it is kept", async () => {
    const { ctx, ben, dialogId } = await given();
    const file = await receive(ben, dialogId, { name: "../Посылка «1».png" });
    expect(file).toMatchObject({ kind: "photo", name: "Посылка «1».png", mimeType: "image/png" });
    const reply = { dialogId, id: newId(), text: "", fileId: file.id, takeOver: true };
    const written = await Promise.all([1, 2, 3].map(() => replyToVisitor(ben, reply)));
    expect(new Set(written.map(({ id }) => id)).size).toBe(1);
    const shown = (await listMessages(ctx, { dialogId, limit: 100 })).items.filter(
      ({ author }) => author === "operator",
    );
    expect(shown).toMatchObject([{ text: "", attachment: { kind: "photo", name: "Посылка «1».png", hasFile: true } }]);
    expect(JSON.stringify(shown)).not.toContain(await keyOf(ben, file.id));
    await expect(replyToVisitor(ben, { ...reply, id: newId() })).rejects.toEqual(refused("file-sent"));
  });

  it("is received once per client id, and its repeat leaves no second copy", async () => {
    const { ben, dialogId } = await given();
    const id = newId();
    const received = await Promise.all([1, 2, 3].map(() => receive(ben, dialogId, { id })));
    expect(new Set(received.map((file) => file.id))).toEqual(new Set([id]));
    expect(existsSync(storedPath(await keyOf(ben, id)))).toBe(true);
  });

  it.each([
    ["setup.exe", Buffer.from("MZ\u0000\u0000"), "unsupported-type"],
    ["photo.png", Buffer.from("<script>alert(1)</script>"), "mismatch"],
    ["photo.jpg", PNG, "mismatch"],
    ["notes.txt", PNG, "mismatch"],
    ["notes.txt", Buffer.alloc(0), "empty"],
    ["page.html", Buffer.from("<p>"), "unsupported-type"],
  ])("is refused when it is %s with foreign bytes", async (name, bytes, reason) => {
    const { ben, dialogId } = await given();
    await expect(receive(ben, dialogId, { name, bytes })).rejects.toEqual(refused(reason));
  });

  it("is not taken for a channel that carries none", async () => {
    const { ctx } = await given();
    const { dialogId } = await givenWaiting(ctx, { channel: "api" });
    await expect(receive(ctx, dialogId)).rejects.toEqual(refused("channel"));
  });

  it("belongs to who picked it, in that dialog only", async () => {
    const { ctx, ben, dialogId } = await given();
    const file = await receive(ben, dialogId);
    const other = await givenWaiting(ctx, { channel: "telegram" });
    const reply = { dialogId, id: newId(), text: "", fileId: file.id, takeOver: true };
    await expect(replyToVisitor(ctx, reply)).rejects.toEqual(notFound);
    await expect(replyToVisitor(ben, { ...reply, dialogId: other.dialogId })).rejects.toEqual(notFound);
    await expect(dropFile(ctx, { id: file.id })).rejects.toEqual(notFound);
    await expect(receive(ctx, dialogId, { id: file.id })).rejects.toEqual(refused("id-taken"));
  });

  it("does not exist for another workspace", async () => {
    const { ben, dialogId } = await given();
    const file = await receive(ben, dialogId);
    const stranger = await given();
    await expect(receive(stranger.ben, dialogId)).rejects.toEqual(notFound);
    await expect(dropFile(stranger.ben, { id: file.id })).rejects.toEqual(notFound);
    const reply = { dialogId: stranger.dialogId, id: newId(), text: "", fileId: file.id, takeOver: true };
    await expect(replyToVisitor(stranger.ben, reply)).rejects.toEqual(notFound);
  });

  it("goes with its bytes when it is dropped or forgotten, and stays once it was sent", async () => {
    const { ben, dialogId } = await given();
    const [dropped, forgotten, sent] = [
      await receive(ben, dialogId),
      await receive(ben, dialogId),
      await receive(ben, dialogId),
    ];
    const keys = await Promise.all([dropped, forgotten, sent].map(({ id }) => keyOf(ben, id)));
    await dropFile(ben, { id: dropped.id });
    await replyToVisitor(ben, { dialogId, id: newId(), text: "", fileId: sent.id, takeOver: true });
    await forgetFiles(ben, new Date(Date.now() + 1_000));
    expect(keys.map((key) => existsSync(storedPath(key)))).toEqual([false, false, true]);
    await expect(dropFile(ben, { id: sent.id })).rejects.toEqual(notFound);
  });
});
