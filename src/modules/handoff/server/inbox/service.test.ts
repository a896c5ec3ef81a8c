import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { addTeamNote, tagDialog } from "@/modules/dialogs/server/notes";
import { type IncomingMessage, receiveMessage } from "@/modules/dialogs/server/receive";
import { closeDialog } from "@/modules/dialogs/server/service";
import { writeMessage } from "@/modules/dialogs/server/writing";
import { inboxListInput } from "@/modules/handoff/inbox/contract";
import { givenDialog, givenWaiting } from "@/modules/handoff/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import { takeDialog } from "../holding";
import { replyToVisitor } from "../reply";
import { requestHandoff } from "../service";
import { countInbox, listInbox, listInboxRows, listInboxTags } from "./service";

const db = testDb();

const shownIn = async (ctx: MemberCtx, input: Parameters<typeof inboxListInput.parse>[0] = {}) =>
  (await listInbox(ctx, inboxListInput.parse(input))).items;
const idsIn = async (ctx: MemberCtx, input?: Parameters<typeof inboxListInput.parse>[0]) =>
  (await shownIn(ctx, input)).map(({ id }) => id);

const later = <C extends MemberCtx>(ctx: C, minutes: number): C => {
  const at = new Date(Date.now() + minutes * 60_000);
  return { ...ctx, now: () => at };
};

async function given() {
  const { ctx, workspace } = await givenWorkspace(db, { user: { name: "Olga" } });
  const first = await givenDialog(ctx);
  const say = (more: Partial<IncomingMessage>) => givenDialog(ctx, { assistantId: first.assistantId, ...more });
  return { ctx, workspace, first, say };
}

describe("the queue", () => {
  it("has who waits longest first, with the reason and since when", async () => {
    const { ctx, first, say } = await given();
    const second = await say({ channel: "telegram", visitorName: "Мария" });
    await requestHandoff(later(ctx, 1), { dialogId: second.dialogId, reason: "keyword" });
    await requestHandoff(later(ctx, 2), { dialogId: first.dialogId });
    const items = await shownIn(ctx);
    expect(items.map(({ id }) => id)).toEqual([second.dialogId, first.dialogId]);
    expect(items[0]).toMatchObject({
      visitorName: "Мария",
      reason: "keyword",
      handoffStatus: "requested",
      assignee: null,
    });
    expect(items[0]?.waitingSince).toEqual(items[0]?.at);
  });

  it("pages without a dialog twice or lost", async () => {
    const { ctx, first, say } = await given();
    const all = [first, await say({}), await say({}), await say({}), await say({})];
    for (const [index, { dialogId }] of all.entries()) await requestHandoff(later(ctx, index % 2), { dialogId });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listInbox(ctx, inboxListInput.parse({ limit: 2, cursor }));
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(5);
    expect(new Set(seen)).toEqual(new Set(all.map(({ dialogId }) => dialogId)));
  });

  it("never shows the playground or another workspace", async () => {
    const { ctx, say } = await given();
    await say({ channel: "preview" });
    const { ctx: other } = await givenWorkspace(db);
    const foreign = await givenWaiting(other);
    expect(await idsIn(ctx)).toEqual([]);
    expect((await shownIn(ctx, { view: "all" })).every(({ channel }) => channel !== "preview")).toBe(true);
    const filter = inboxListInput.parse({ view: "all" });
    expect((await listInboxRows(ctx, { filter, dialogIds: [foreign.dialogId] })).items).toEqual([]);
  });
});

describe("one's own dialogs", () => {
  it("owe an answer until words are sent, and again from the visitor's next ones", async () => {
    const { ctx, first } = await given();
    const { dialogId, assistantId, visitorKey } = first;
    await takeDialog(ctx, { dialogId });
    expect((await shownIn(ctx, { view: "mine" }))[0]?.waitingSince).not.toBeNull();
    expect((await countInbox(ctx)).mine).toBe(1);

    await replyToVisitor(later(ctx, 1), { dialogId, id: newId(), text: "Good afternoon" });
    const [answered] = await shownIn(ctx, { view: "mine" });
    expect(answered).toMatchObject({ waitingSince: null, lastAuthor: "operator", isLastMine: true });
    expect((await countInbox(ctx)).mine).toBe(0);

    const message = { assistantId, visitorKey, channel: "api" as const, text: "And?" };
    await receiveMessage(later(ctx, 2), { ...message, clientId: newId() });
    await receiveMessage(later(ctx, 3), { ...message, clientId: newId() });
    const [owed] = await shownIn(ctx, { view: "mine" });
    expect(owed?.at.getTime()).toBeGreaterThan(owed?.waitingSince?.getTime() ?? Infinity);
    expect((await countInbox(ctx)).mine).toBe(1);
  });

  it("are not those of a colleague", async () => {
    const { ctx, first } = await given();
    const { ctx: ann } = await givenMember(db, ctx.workspaceId, { user: { name: "Ann" } });
    await takeDialog(ann, { dialogId: first.dialogId });
    expect(await idsIn(ctx, { view: "mine" })).toEqual([]);
    expect((await shownIn(ctx, { view: "all" }))[0]?.assignee).toMatchObject({ name: "Ann" });
    expect(await idsIn(ctx, { view: "all", assignee: ann.actor.userId })).toEqual([first.dialogId]);
    expect(await idsIn(ctx, { view: "all", assignee: "none" })).toEqual([]);
  });
});

describe("filters", () => {
  it("combine, and each narrows the list", async () => {
    const { ctx, first, say } = await given();
    const telegram = await say({ channel: "telegram" });
    await tagDialog(ctx, { dialogId: telegram.dialogId, text: "delivery" });
    await tagDialog(ctx, { dialogId: first.dialogId, text: "delivery" });
    expect(await idsIn(ctx, { view: "all", channel: "telegram" })).toEqual([telegram.dialogId]);
    expect(await idsIn(ctx, { view: "all", tag: "delivery" })).toHaveLength(2);
    expect(await idsIn(ctx, { view: "all", tag: "delivery", channel: "api" })).toEqual([first.dialogId]);
    expect(await idsIn(ctx, { view: "all", assistantId: newId() })).toEqual([]);
    expect(await idsIn(ctx, { view: "all", unread: true })).toHaveLength(2);
    expect(await listInboxTags(ctx)).toEqual({ items: ["delivery"] });
  });

  it("tell late visitors by what their channel promises", async () => {
    const { ctx, first, say } = await given();
    const telegram = await say({ channel: "telegram" });
    for (const { dialogId } of [first, telegram]) await requestHandoff(ctx, { dialogId });
    const afterFour = later(ctx, 4);
    expect(await idsIn(afterFour, { wait: "over" })).toEqual([telegram.dialogId]);
    expect(await idsIn(afterFour, { wait: "soon" })).toEqual([first.dialogId]);
    expect(await idsIn(ctx, { wait: "calm" })).toHaveLength(2);
  });

  it("turn the order round", async () => {
    const { ctx, first, say } = await given();
    const second = await say({ visitorName: "Second" });
    expect(await idsIn(ctx, { view: "all", sort: "oldest" })).toEqual([first.dialogId, second.dialogId]);
    expect(await idsIn(ctx, { view: "all" })).toEqual([second.dialogId, first.dialogId]);
  });
});

describe("the search", () => {
  it.each([
    ["посылку", "Где моя посылка?"],
    ["посыл", "Где моя посылка?"],
    ["зеленый", "Хочу зелёный чехол"],
    ["ЗЕЛЁНОГО", "Хочу зеленый чехол"],
    ["orders", "Where is my order 1841?"],
    ["1841", "Where is my order 1841?"],
    ["order where 18", "Where is my order 1841?"],
  ])("finds by %s what was said as: %s", async (search, text) => {
    const { ctx, say } = await given();
    const wanted = await say({ text });
    expect(await idsIn(ctx, { view: "all", search })).toContain(wanted.dialogId);
  });

  it("finds visitors by a part of their name", async () => {
    const { ctx, say } = await given();
    const wanted = await say({ visitorName: "Алёна Соловьёва" });
    expect(await idsIn(ctx, { view: "all", search: "солов ален" })).toEqual([wanted.dialogId]);
  });

  it("looks into ended dialogs from the view of all, and nowhere into those of others", async () => {
    const { ctx, first } = await given();
    await closeDialog(ctx, { dialogId: first.dialogId });
    expect(await idsIn(ctx, { view: "all" })).toEqual([]);
    expect(await idsIn(ctx, { view: "all", search: "order" })).toEqual([first.dialogId]);
    expect(await idsIn(ctx, { view: "closed", search: "order" })).toEqual([first.dialogId]);
    const { ctx: other } = await givenWorkspace(db);
    expect(await idsIn(other, { view: "all", search: "order" })).toEqual([]);
  });

  it.each(["и", "'", "\\", "' | '", "!!!", ":*", "& |", "<->", "the", "%"])(
    "stays calm when asked for %s",
    async (search) => {
      const { ctx } = await given();
      expect(await idsIn(ctx, { view: "all", search })).toEqual([]);
    },
  );

  it("does not find what only the system said", async () => {
    const { ctx, first } = await given();
    const notice = { dialogId: first.dialogId, author: "system" as const, clientId: newId(), text: "Zeppelin" };
    await writeMessage(ctx, notice);
    expect(await idsIn(ctx, { view: "all", search: "Zeppelin" })).toEqual([]);
  });
});

describe("a row", () => {
  it("previews the newest note when nothing was said since", async () => {
    const { ctx, first } = await given();
    await addTeamNote(later(ctx, 1), { dialogId: first.dialogId, id: newId(), text: "Parcel is at the depot" });
    expect((await shownIn(ctx, { view: "all" }))[0]?.note).toEqual({
      text: "Parcel is at the depot",
      authorName: "Olga",
    });
  });

  it("previews a note with the names of those it speaks to", async () => {
    const { ctx, first } = await given();
    await addTeamNote(later(ctx, 1), { dialogId: first.dialogId, id: newId(), text: "@Olga look here" });
    expect((await shownIn(ctx, { view: "all" }))[0]?.note?.text).toBe("@Olga look here");
  });

  it("leaves the list by itself when it no longer belongs", async () => {
    const { ctx, first } = await given();
    await requestHandoff(ctx, { dialogId: first.dialogId });
    const filter = inboxListInput.parse({});
    const asked = { filter, dialogIds: [first.dialogId] };
    expect((await listInboxRows(ctx, asked)).items).toHaveLength(1);
    await takeDialog(ctx, { dialogId: first.dialogId });
    expect((await listInboxRows(ctx, asked)).items).toEqual([]);
  });
});
