import { describe, expect, it } from "vitest";
import { messages } from "@/db/schema/dialogs";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { WorkspaceCtx } from "@/server/context";
import { receiveMessage } from "./receive";
import { listDialogs } from "./list/service";
import { closeDialog, getDialog, listMessages, markRead } from "./service";

const notFound = expect.objectContaining({ code: "NOT_FOUND" });

async function givenDialog(ctx: WorkspaceCtx, assistantId: string, text = "Hello", visitorName = "") {
  const at = { channel: "telegram" as const, visitorKey: newId(), clientId: newId() };
  return receiveMessage(ctx, { assistantId, ...at, text, visitorName });
}

async function given() {
  const { ctx } = await givenWorkspace(testDb());
  return { ctx, assistantId: (await givenAssistant(ctx)).id };
}

describe("dialogs", () => {
  it("tell what an answer cost to those who pay, and to nobody else", async () => {
    const { ctx, assistantId } = await given();
    const { dialogId } = await givenDialog(ctx, assistantId);
    const message = { workspaceId: ctx.workspaceId, dialogId, seq: 2, author: "assistant", text: "Yes." } as const;
    await ctx.db.insert(messages).values({ ...message, clientId: newId(), chargeMicros: 5_000_000 });
    const costs = async (caller: WorkspaceCtx) =>
      (await listMessages(caller, { dialogId, limit: 50 })).items.map(({ chargeMicros }) => chargeMicros);
    const { ctx: operator } = await givenMember(ctx.db, ctx.workspaceId);
    const visitor = { ...ctx, actor: { kind: "visitor", visitorKey: newId() } } as const;
    expect(await costs(ctx)).toEqual([null, 5_000_000]);
    expect(await costs(operator)).toEqual([null, null]);
    expect(await costs(visitor)).toEqual([null, null]);
  });

  it("come newest first, page by page, without repeats while new ones arrive", async () => {
    const { ctx, assistantId } = await given();
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.unshift((await givenDialog(ctx, assistantId)).dialogId);
    const first = await listDialogs(ctx, { limit: 2 });
    await givenDialog(ctx, assistantId);
    const second = await listDialogs(ctx, { limit: 2, cursor: first.nextCursor ?? undefined });
    const third = await listDialogs(ctx, { limit: 2, cursor: second.nextCursor ?? undefined });
    expect([first, second, third].flatMap(({ items }) => items.map(({ id }) => id))).toEqual(ids);
    expect(third.nextCursor).toBeNull();
  });

  it("are found by name, by words, by state and by channel, with % and _ taken literally", async () => {
    const { ctx, assistantId } = await given();
    const { dialogId } = await givenDialog(ctx, assistantId, "It costs 100% of_it", "Maria");
    const other = await givenDialog(ctx, assistantId, "Something else", "Ivan");
    const found = async (filter: Partial<Parameters<typeof listDialogs>[1]>) =>
      (await listDialogs(ctx, { limit: 50, ...filter })).items.map(({ id }) => id);
    for (const search of ["maria", "100%", "of_it"]) expect(await found({ search })).toEqual([dialogId]);
    expect(await found({ search: "%zz%" })).toEqual([]);
    await closeDialog(ctx, { dialogId: other.dialogId });
    expect(await found({ status: "ended" })).toEqual([other.dialogId]);
    expect(await found({ status: "open", channel: "telegram", assistantId })).toEqual([dialogId]);
    expect(await found({ channel: "widget" })).toEqual([]);
  });

  it("give their messages oldest first, the latest page first", async () => {
    const { ctx, assistantId } = await given();
    const visitorKey = newId();
    let dialogId = "";
    for (let n = 1; n <= 5; n += 1) {
      const message = { assistantId, channel: "telegram" as const, visitorKey, clientId: newId(), text: String(n) };
      ({ dialogId } = await receiveMessage(ctx, message));
    }
    const latest = await listMessages(ctx, { dialogId, limit: 3 });
    const older = await listMessages(ctx, { dialogId, limit: 3, cursor: latest.nextCursor ?? undefined });
    expect([...older.items, ...latest.items].map(({ text }) => text)).toEqual(["1", "2", "3", "4", "5"]);
    expect(older.nextCursor).toBeNull();
  });

  it("open anew after they were ended, and count what is unread until it is read", async () => {
    const { ctx, assistantId } = await given();
    const message = { assistantId, channel: "telegram" as const, visitorKey: newId() };
    const first = await receiveMessage(ctx, { ...message, clientId: "1", text: "one" });
    await closeDialog(ctx, first);
    const second = await receiveMessage(ctx, { ...message, clientId: "2", text: "two" });
    expect(second.dialogId).not.toBe(first.dialogId);
    expect((await getDialog(ctx, { id: second.dialogId })).unreadCount).toBe(1);
    await markRead(ctx, second);
    expect((await getDialog(ctx, { id: second.dialogId })).unreadCount).toBe(0);
  });

  it("are NOT_FOUND from another workspace, for reading and for writing", async () => {
    const { ctx, assistantId } = await given();
    const { dialogId } = await givenDialog(ctx, assistantId);
    const { ctx: stranger } = await givenWorkspace(testDb());
    await expect(getDialog(stranger, { id: dialogId })).rejects.toEqual(notFound);
    await expect(listMessages(stranger, { dialogId, limit: 50 })).rejects.toEqual(notFound);
    await expect(closeDialog(stranger, { dialogId })).rejects.toEqual(notFound);
    await expect(markRead(stranger, { dialogId })).rejects.toEqual(notFound);
    expect((await listDialogs(stranger, { limit: 50 })).items).toEqual([]);
    expect((await getDialog(ctx, { id: dialogId })).status).toBe("open");
  });
});
