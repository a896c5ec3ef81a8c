import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { addTeamNote, listNotes } from "@/modules/dialogs/server/notes";
import { givenDialog } from "@/modules/handoff/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import { countMentions, listMentions, readMentions } from "./service";

const db = testDb();

async function given() {
  const { ctx: owner, workspace } = await givenWorkspace(db, { user: { name: "Olga" } });
  const { ctx: ben, user } = await givenMember(db, workspace.id, { user: { name: "Ben" } });
  const { ctx: ann } = await givenMember(db, workspace.id, { user: { name: "Анна К." } });
  const { dialogId } = await givenDialog(owner, { visitorName: "Maria" });
  const note = (text: string, id: string = newId()) => addTeamNote(owner, { dialogId, id, text });
  return { owner, ben, benId: user.id, ann, dialogId, note };
}

const unreadOf = async (ctx: MemberCtx) => (await countMentions(ctx)).unread;
const mentionsOf = async (ctx: MemberCtx) => (await listMentions(ctx, { limit: 50 })).items;

describe("a mention in a note", () => {
  it("is kept by the member's id and waits unread for the member alone", async () => {
    const { owner, ben, benId, ann, dialogId, note } = await given();
    const stored = await note("@ben look at this, please");
    expect(stored).toMatchObject({
      text: `@[${benId}] look at this, please`,
      mentions: [{ userId: benId, name: "Ben" }],
    });
    expect(await mentionsOf(ben)).toMatchObject([
      { dialogId, visitorName: "Maria", text: "@Ben look at this, please", authorName: "Olga", readAt: null },
    ]);
    expect(await Promise.all([unreadOf(ben), unreadOf(ann), unreadOf(owner)])).toEqual([1, 0, 0]);
  });

  it("is one mention however often the note is sent", async () => {
    const { ben, note } = await given();
    const id = newId();
    await Promise.all([1, 2, 3].map(() => note("@Ben @Ben", id)));
    expect(await mentionsOf(ben)).toHaveLength(1);
  });

  it("of its own author, of a stranger or of nobody reaches nobody", async () => {
    const { owner, ben, dialogId, note } = await given();
    const { user: stranger } = await givenWorkspace(db, { user: { name: "Stranger" } });
    await note(`@Olga @Stranger @[${stranger.id}] mail@Ben.example`);
    expect((await listNotes(owner, { dialogId })).items).toMatchObject([{ mentions: [] }]);
    expect(await Promise.all([unreadOf(owner), unreadOf(ben)])).toEqual([0, 0]);
  });

  it("is read when its member looks at the dialog, once", async () => {
    const { ben, ann, dialogId, note } = await given();
    await note("@Ben @Анна К.");
    const outcomes = await Promise.all([1, 2].map(() => readMentions(ben, { dialogId })));
    expect(outcomes.map(({ read }) => read).sort()).toEqual([0, 1]);
    expect(await mentionsOf(ben)).toMatchObject([{ readAt: expect.any(Date) }]);
    expect(await Promise.all([unreadOf(ben), unreadOf(ann)])).toEqual([0, 1]);
  });

  it("is listed page by page, newest first", async () => {
    const { ben, note } = await given();
    for (const n of [1, 2, 3]) await note(`@Ben ${n}`);
    const first = await listMentions(ben, { limit: 2 });
    expect(first.items.map(({ text }) => text)).toEqual(["@Ben 3", "@Ben 2"]);
    const second = await listMentions(ben, { limit: 2, cursor: first.nextCursor ?? "" });
    expect(second).toMatchObject({ items: [{ text: "@Ben 1" }], nextCursor: null });
  });

  it("does not exist in another workspace", async () => {
    const { ben, dialogId, note } = await given();
    await note("@Ben");
    const { ctx: stranger } = await givenWorkspace(db);
    await expect(readMentions(stranger, { dialogId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await mentionsOf(stranger)).toEqual([]);
    expect(await unreadOf(ben)).toBe(1);
  });
});
