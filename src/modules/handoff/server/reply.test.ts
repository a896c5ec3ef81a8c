import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { noticeLeft, operatorReplied } from "@/modules/dialogs/events";
import { addTeamNote, listNotes, tagDialog } from "@/modules/dialogs/server/notes";
import { closeDialog, getDialog, listMessages } from "@/modules/dialogs/server/service";
import { givenDialog, givenWaiting } from "@/modules/handoff/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { WorkspaceCtx } from "@/server/context";
import { defineJob } from "@/server/jobs/define";
import { pendingPayloads } from "@/server/jobs/testing";
import { takeDialog } from "./holding";
import { replyInOrder, replyToVisitor } from "./reply";

const db = testDb();
const conflict = (reason: string, facts = {}) =>
  expect.objectContaining({ code: "CONFLICT", facts: expect.objectContaining({ reason, ...facts }) });
const notFound = expect.objectContaining({ code: "NOT_FOUND" });
const repliesIn = async (ctx: WorkspaceCtx, dialogId: string) =>
  (await listMessages(ctx, { dialogId, limit: 100 })).items.filter(({ author }) => author === "operator");
const leaving = (event: typeof operatorReplied, dialogId: string) =>
  pendingPayloads(db, defineJob({ ...event, run: async () => undefined }), { dialogId });

async function given() {
  const { ctx, workspace } = await givenWorkspace(db);
  const ben = await givenMember(db, workspace.id, { user: { name: "Ben" } });
  const ann = await givenMember(db, workspace.id, { user: { name: "Ann" } });
  return { ctx, ben: ben.ctx, ann: ann.ctx };
}

describe("a reply of a person", () => {
  it("is stored once however often it is sent, with the name the visitor knows", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await takeDialog(ben, { dialogId });
    const reply = { dialogId, id: newId(), text: "  Добрый день!\n<b>x</b>" };
    const written = await Promise.all([1, 2, 3, 4, 5].map(() => replyToVisitor(ben, reply)));
    expect(new Set(written.map(({ id }) => id)).size).toBe(1);
    expect(await repliesIn(ctx, dialogId)).toMatchObject([{ text: reply.text, authorName: "Ben", delivery: null }]);
    expect(await getDialog(ctx, { id: dialogId })).toMatchObject({ unreadCount: 0 });
  });

  it("keeps its order when five leave together after a lost connection, from two tabs at once", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenWaiting(ctx);
    const five = ["1", "2", "3", "4", "5"];
    const replies = five.map((text) => ({ id: newId(), text, takeOver: true }));
    const outcomes = await Promise.all([1, 2].map(() => replyInOrder(ben, { dialogId, replies })));
    expect(outcomes).toEqual([1, 2].map(() => ({ outcomes: five.map(() => ({ ok: true })) })));
    expect((await repliesIn(ctx, dialogId)).map(({ text }) => text)).toEqual(five);
  });

  it("that is refused among others says why and leaves the others done", async () => {
    const { ctx, ben, ann } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await replyToVisitor(ann, { dialogId, id: newId(), text: "Mine", takeOver: true });
    const replies = [
      { id: newId(), text: "first", fileId: newId() },
      { id: newId(), text: "second" },
    ];
    expect(await replyInOrder(ann, { dialogId, replies })).toEqual({
      outcomes: [{ ok: false, appCode: "NOT_FOUND", facts: { thing: "File" } }, { ok: true }],
    });
    expect(await replyInOrder(ben, { dialogId, replies })).toMatchObject({
      outcomes: [1, 2].map(() => ({ ok: false, appCode: "CONFLICT", facts: { reason: "not-yours" } })),
    });
    expect((await repliesIn(ctx, dialogId)).map(({ text }) => text)).toEqual(["Mine", "second"]);
    const { ctx: stranger } = await givenWorkspace(db);
    await expect(replyInOrder(stranger, { dialogId, replies })).rejects.toEqual(notFound);
  });

  it("is handed to the channel that must carry it, notices before it in order", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenWaiting(ctx, { channel: "telegram" });
    await takeDialog(ben, { dialogId });
    const { id, delivery } = await replyToVisitor(ben, { dialogId, id: newId(), text: "Hello" });
    expect(delivery).toBe("queued");
    expect(await leaving(operatorReplied, dialogId)).toEqual([
      { workspaceId: ctx.workspaceId, dialogId, messageId: id },
    ]);
    expect(await leaving(noticeLeft, dialogId)).toHaveLength(2);
  });

  it("is for the holder, owners and admins, and only while a person has the dialog", async () => {
    const { ctx, ben, ann } = await given();
    const { dialogId } = await givenDialog(ctx);
    const say = () => ({ dialogId, id: newId(), text: "Hello" });
    await expect(replyToVisitor(ben, say())).rejects.toEqual(conflict("with-assistant"));
    await takeDialog(ben, { dialogId });
    await expect(replyToVisitor(ann, say())).rejects.toEqual(conflict("not-yours", { holder: "Ben" }));
    expect(await replyToVisitor(ctx, say())).toMatchObject({ isNew: true });
    await closeDialog(ben, { dialogId });
    await expect(replyToVisitor(ben, say())).rejects.toEqual(conflict("ended"));
  });

  it("takes a waiting dialog with it in one step, or leaves everything as it was", async () => {
    const { ctx, ben, ann } = await given();
    const { dialogId } = await givenWaiting(ctx);
    const say = { dialogId, text: "Hello", takeOver: true };
    const outcomes = await Promise.allSettled([ben, ann].map((who) => replyToVisitor(who, { ...say, id: newId() })));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: conflict("with-operator") });
    expect(await repliesIn(ctx, dialogId)).toHaveLength(1);
  });

  it("waits when a colleague has replied to what its author had not seen, and leaves when the author insists", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenDialog(ctx);
    await takeDialog(ben, { dialogId });
    const { seq } = await replyToVisitor(ctx, { dialogId, id: newId(), text: "From the owner" });
    const say = { dialogId, id: newId(), text: "Hello" };
    const { facts } = await replyToVisitor(ben, { ...say, seenSeq: seq - 1 }).catch((error: unknown) => Object(error));
    expect(facts).toEqual({ reason: "colleague-replied", holder: expect.any(String), seconds: expect.any(Number) });
    expect(await repliesIn(ctx, dialogId)).toHaveLength(1);
    await replyToVisitor(ben, say);
    const own = { dialogId, id: newId(), text: "My own words before do not count", seenSeq: seq };
    expect(await replyToVisitor(ben, own)).toMatchObject({ isNew: true });
  });

  it("that was stored is confirmed again whatever became of the dialog since", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenWaiting(ctx);
    const say = { dialogId, id: newId(), text: "Hello", takeOver: true };
    const first = await replyToVisitor(ben, say);
    await closeDialog(ben, { dialogId });
    expect(await replyToVisitor(ben, say)).toMatchObject({ id: first.id, isNew: false });
    await expect(replyToVisitor(ben, { ...say, id: newId() })).rejects.toEqual(conflict("ended"));
  });

  it("does not exist for another workspace", async () => {
    const { dialogId } = await givenWaiting((await given()).ctx);
    const { ctx: stranger } = await given();
    await expect(replyToVisitor(stranger, { dialogId, id: newId(), text: "Hello" })).rejects.toEqual(notFound);
    await expect(addTeamNote(stranger, { dialogId, id: newId(), text: "Hello" })).rejects.toEqual(notFound);
    await expect(tagDialog(stranger, { dialogId, text: "x" })).rejects.toEqual(notFound);
  });
});

describe("what the team keeps on a dialog", () => {
  it("holds notes, once per client id, by name, never among the messages", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenDialog(ctx);
    const note = { dialogId, id: newId(), text: "Parcel is at the depot" };
    await Promise.all([1, 2, 3].map(() => addTeamNote(ben, note)));
    expect(await listNotes(ctx, { dialogId })).toMatchObject({
      items: [{ id: note.id, text: note.text, authorName: "Ben" }],
    });
    expect((await listMessages(ctx, { dialogId, limit: 50 })).items).toHaveLength(1);
  });

  it("holds tags, each once, twenty at most", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenDialog(ctx);
    await Promise.all([1, 2, 3].map(() => tagDialog(ben, { dialogId, text: "delivery" })));
    expect(await tagDialog(ben, { dialogId, text: "refund" })).toEqual({ tags: ["delivery", "refund"] });
    expect(await tagDialog(ben, { dialogId, text: "refund", remove: true })).toEqual({ tags: ["delivery"] });
    for (let n = 1; n < 20; n += 1) await tagDialog(ben, { dialogId, text: `tag ${n}` });
    await expect(tagDialog(ben, { dialogId, text: "one more" })).rejects.toEqual(conflict("too-many-tags"));
    expect((await getDialog(ctx, { id: dialogId })).tags).toHaveLength(20);
  });
});
