import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { auditedOperations } from "@/modules/audit/testing";
import { deletableForMs } from "@/modules/dialogs/changes/rules";
import { messageChanged } from "@/modules/dialogs/events";
import { getDialog, listMessages } from "@/modules/dialogs/server/service";
import { takeDialog } from "@/modules/handoff/server/holding";
import { replyToVisitor } from "@/modules/handoff/server/reply";
import { givenWaiting } from "@/modules/handoff/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import { defineJob } from "@/server/jobs/define";
import { pendingPayloads } from "@/server/jobs/testing";
import { deleteMessage, editMessage } from "./service";

const db = testDb();
const refusal = (code: string, reason: string) => expect.objectContaining({ code, facts: { reason } });

async function given(channel: "api" | "telegram" = "telegram") {
  const { ctx: owner, workspace } = await givenWorkspace(db);
  const { ctx: ben } = await givenMember(db, workspace.id, { user: { name: "Ben" } });
  const { ctx: ann } = await givenMember(db, workspace.id, { user: { name: "Ann" } });
  const { dialogId, messageId: visitorMessageId } = await givenWaiting(owner, { channel });
  await takeDialog(ben, { dialogId });
  const { id: messageId } = await replyToVisitor(ben, { dialogId, id: newId(), text: "Tomorow at nine" });
  const read = async () =>
    (await listMessages(owner, { dialogId, limit: 100 })).items.find(({ id }) => id === messageId);
  const carried = () =>
    pendingPayloads(db, defineJob({ ...messageChanged, run: async () => undefined }), { messageId });
  return { owner, ben, ann, dialogId, messageId, visitorMessageId, read, carried };
}

const laterBy = (ctx: MemberCtx, ms: number): MemberCtx => ({ ...ctx, now: () => new Date(Date.now() + ms) });

describe("changing a sent message", () => {
  it("puts the new words in its place, keeps the old ones and carries them to the channel", async () => {
    const { ben, owner, dialogId, messageId, read, carried } = await given();
    await editMessage(ben, { messageId, text: "Tomorrow at nine <b>", seenText: "Tomorow at nine" });
    expect(await read()).toMatchObject({
      text: "Tomorrow at nine <b>",
      earlier: [{ text: "Tomorow at nine" }],
      editedAt: expect.any(Date),
      change: { kind: "edit", state: "queued", reason: null },
    });
    expect(await getDialog(owner, { id: dialogId })).toMatchObject({ lastMessage: "Tomorrow at nine <b>" });
    expect(await auditedOperations(db, messageId)).toEqual(["dialogs.message-edited"]);
    expect(await carried()).toHaveLength(1);
  });

  it("needs no carrying where the visitor reads the dialog itself", async () => {
    const { ben, messageId, read, carried } = await given("api");
    await editMessage(ben, { messageId, text: "New" });
    expect(await read()).toMatchObject({ text: "New", change: null });
    expect(await carried()).toEqual([]);
  });

  it("changes nothing for the same words", async () => {
    const { ben, messageId, read } = await given();
    expect(await editMessage(ben, { messageId, text: "Tomorow at nine" })).toEqual({ isChanged: false });
    expect(await read()).toMatchObject({ editedAt: null, change: null, earlier: [] });
  });

  it("is the author's alone, also against the owner", async () => {
    const { owner, ann, messageId, visitorMessageId, read } = await given();
    const mine = { messageId, text: "Mine" };
    await expect(editMessage(ann, mine)).rejects.toEqual(refusal("FORBIDDEN", "not-author"));
    await expect(editMessage(owner, mine)).rejects.toEqual(refusal("FORBIDDEN", "not-author"));
    const visitors = { messageId: visitorMessageId, text: "I said nothing" };
    await expect(editMessage(owner, visitors)).rejects.toEqual(refusal("FORBIDDEN", "not-author"));
    expect(await read()).toMatchObject({ text: "Tomorow at nine" });
  });

  it("does not exist in another workspace", async () => {
    const { messageId } = await given();
    const { ctx } = await givenWorkspace(db);
    await expect(editMessage(ctx, { messageId, text: "x" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(deleteMessage(ctx, { messageId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("lets one of two tabs win when both began with the same words", async () => {
    const { ben, messageId, read } = await given();
    const seenText = "Tomorow at nine";
    const outcomes = await Promise.allSettled(
      ["A", "B", "C", "D"].map((text) => editMessage(ben, { messageId, text, seenText })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toEqual(refusal("CONFLICT", "changed-meanwhile"));
    }
    expect((await read())?.earlier).toHaveLength(1);
  });

  it("keeps no more versions than anybody reads", async () => {
    const { ben, messageId, read } = await given("api");
    for (let n = 0; n < 23; n += 1) await editMessage(ben, { messageId, text: `${n}` });
    const message = await read();
    expect(message?.earlier).toHaveLength(20);
    expect(message?.earlier.at(-1)?.text).toBe("21");
  });
});

describe("deleting a sent message", () => {
  it("takes it back once, says by whom, and keeps the words for the team", async () => {
    const { owner, ben, dialogId, messageId, read, carried } = await given();
    const outcomes = await Promise.all([1, 2, 3].map(() => deleteMessage(ben, { messageId })));
    expect(outcomes.filter(({ isChanged }) => isChanged)).toHaveLength(1);
    expect(await read()).toMatchObject({
      text: "",
      removedByName: "Ben",
      earlier: [{ text: "Tomorow at nine" }],
      change: { kind: "delete", state: "queued" },
    });
    expect(await getDialog(owner, { id: dialogId })).toMatchObject({ lastMessage: "Where is my order?" });
    expect(await auditedOperations(db, messageId)).toEqual(["dialogs.message-deleted"]);
    expect(await carried()).toHaveLength(1);
  });

  it("is for the author, owners and admins, and never for another operator", async () => {
    const { owner, ann, messageId, visitorMessageId, read } = await given();
    await expect(deleteMessage(ann, { messageId })).rejects.toEqual(refusal("FORBIDDEN", "not-author"));
    const visitors = { messageId: visitorMessageId };
    await expect(deleteMessage(owner, visitors)).rejects.toEqual(refusal("FORBIDDEN", "not-author"));
    await deleteMessage(owner, { messageId });
    expect(await read()).toMatchObject({ removedAt: expect.any(Date), removedByName: expect.any(String) });
  });

  it("leaves nothing to change afterwards", async () => {
    const { ben, messageId } = await given();
    await deleteMessage(ben, { messageId });
    await expect(editMessage(ben, { messageId, text: "x" })).rejects.toEqual(refusal("CONFLICT", "message-deleted"));
  });

  it("is possible at any age for what never left", async () => {
    const { ben, messageId, read } = await given();
    await deleteMessage(laterBy(ben, deletableForMs), { messageId });
    expect(await read()).toMatchObject({ removedAt: expect.any(Date) });
  });
});
