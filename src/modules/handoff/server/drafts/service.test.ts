import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { saveDraftInput } from "@/modules/handoff/drafts/contract";
import { takeDialog } from "@/modules/handoff/server/holding";
import { replyToVisitor } from "@/modules/handoff/server/reply";
import { givenDialog, givenWaiting } from "@/modules/handoff/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { draftsOf, saveDraft } from "./service";

const db = testDb();
const notFound = expect.objectContaining({ code: "NOT_FOUND" });

async function given() {
  const { ctx, workspace } = await givenWorkspace(db);
  const ben = (await givenMember(db, workspace.id)).ctx;
  return { ctx, ben };
}

describe("a draft", () => {
  it("belongs to one person, one dialog and one kind", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenDialog(ctx);
    await saveDraft(ben, { dialogId, kind: "reply", text: "Good after", revision: 1 });
    await saveDraft(ben, { dialogId, kind: "note", text: "Parcel", revision: 2 });
    expect(await draftsOf(ben, { dialogId })).toEqual({
      reply: { text: "Good after", revision: 1 },
      note: { text: "Parcel", revision: 2 },
    });
    expect(await draftsOf(ctx, { dialogId })).toEqual({});
  });

  it("keeps the later words of two devices, whichever save arrives first", async () => {
    const { ben } = await given();
    const { dialogId } = await givenDialog(ben);
    const save = (text: string, revision: number) => saveDraft(ben, { dialogId, kind: "reply", text, revision });
    const twins = [3, 1, 5, 2, 4].map((revision) => save(`words ${revision}`, revision));
    await Promise.all(twins);
    expect(await draftsOf(ben, { dialogId })).toEqual({ reply: { text: "words 5", revision: 5 } });
    expect(await save("stale", 5)).toEqual({ isKept: false });
    expect(await save("fresh", 6)).toEqual({ isKept: true });
  });

  it("goes with the reply, and a save that comes late does not bring it back", async () => {
    const { ben } = await given();
    const { dialogId } = await givenWaiting(ben);
    await takeDialog(ben, { dialogId });
    await saveDraft(ben, { dialogId, kind: "reply", text: "Good after", revision: 10 });
    await replyToVisitor(ben, { dialogId, id: newId(), text: "Good afternoon", draftRevision: 11 });
    expect(await saveDraft(ben, { dialogId, kind: "reply", text: "Good afternoo", revision: 11 })).toEqual({
      isKept: false,
    });
    expect(await draftsOf(ben, { dialogId })).toEqual({ reply: { text: "", revision: 11 } });
  });

  it("that was begun after the reply stays when the reply arrives late", async () => {
    const { ben } = await given();
    const { dialogId } = await givenWaiting(ben);
    await saveDraft(ben, { dialogId, kind: "reply", text: "And one more", revision: 20 });
    await replyToVisitor(ben, { dialogId, id: newId(), text: "Hello", takeOver: true, draftRevision: 15 });
    expect(await draftsOf(ben, { dialogId })).toEqual({ reply: { text: "And one more", revision: 20 } });
  });

  it("stays when its reply is refused", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await takeDialog(ctx, { dialogId });
    await saveDraft(ben, { dialogId, kind: "reply", text: "Mine", revision: 1 });
    const late = { dialogId, id: newId(), text: "Mine", takeOver: true, draftRevision: 2 };
    await expect(replyToVisitor(ben, late)).rejects.toMatchObject({ facts: { reason: "with-operator" } });
    expect(await draftsOf(ben, { dialogId })).toEqual({ reply: { text: "Mine", revision: 1 } });
  });

  it("does not exist for another workspace", async () => {
    const { ben } = await given();
    const { dialogId } = await givenDialog(ben);
    const { ben: stranger } = await given();
    await expect(saveDraft(stranger, { dialogId, kind: "note", text: "x", revision: 1 })).rejects.toEqual(notFound);
    await expect(draftsOf(stranger, { dialogId })).rejects.toEqual(notFound);
  });

  it("never wins for ever because a clock is wrong", () => {
    const draft = { dialogId: newId(), kind: "reply", text: "x" };
    expect(saveDraftInput.safeParse({ ...draft, revision: Date.now() }).success).toBe(true);
    expect(saveDraftInput.safeParse({ ...draft, revision: Date.now() + 48 * 3_600_000 }).success).toBe(false);
    expect(saveDraftInput.safeParse({ ...draft, revision: 0 }).success).toBe(false);
  });
});
