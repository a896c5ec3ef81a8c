import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { markUnread } from "@/modules/dialogs/server/marking";
import { closeDialog, getDialog, markRead } from "@/modules/dialogs/server/service";
import { givenDialog, givenWaiting } from "@/modules/handoff/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import { takeDialog } from "../holding";
import { beat } from "../presence/service";
import { handoffState } from "../service";
import { reopenDialog } from "@/modules/dialogs/server/reopening";
import { assignDialog } from "./assigning";
import { actOnDialogs } from "./bulk";

const db = testDb();

async function givenTeam() {
  const { ctx, workspace } = await givenWorkspace(db, { user: { name: "Olga" } });
  const { ctx: ann } = await givenMember(db, workspace.id, { user: { name: "Ann" } });
  await beat(ann, {});
  return { ctx, ann };
}

describe("assigning a dialog", () => {
  it("gives a waiting one, one of the assistant and one that is held to a colleague who is here", async () => {
    const { ctx, ann } = await givenTeam();
    const [waiting, free, held] = [await givenWaiting(ctx), await givenDialog(ctx), await givenDialog(ctx)];
    await takeDialog(ctx, { dialogId: held.dialogId });
    for (const { dialogId } of [waiting, free, held]) {
      await assignDialog(ctx, { dialogId, userId: ann.actor.userId });
      expect(await handoffState(ctx, dialogId)).toMatchObject({ status: "active", holder: { name: "Ann" } });
    }
  });

  it("to oneself takes it", async () => {
    const { ctx } = await givenTeam();
    const { dialogId } = await givenWaiting(ctx);
    await assignDialog(ctx, { dialogId, userId: ctx.actor.userId });
    expect((await handoffState(ctx, dialogId)).isMine).toBe(true);
  });

  it("to somebody who is away or full is refused and leaves it waiting", async () => {
    const { ctx, ann } = await givenTeam();
    const { dialogId } = await givenWaiting(ctx);
    const order = { dialogId, userId: ann.actor.userId };
    await beat(ann, { status: "away" });
    await expect(assignDialog(ctx, order)).rejects.toMatchObject({ facts: { reason: "target-away" } });
    await beat(ann, { status: "online", siteCapacity: 0 });
    await expect(assignDialog(ctx, order)).rejects.toMatchObject({ facts: { reason: "target-full" } });
    expect((await handoffState(ctx, dialogId)).status).toBe("requested");
  });

  it("by two people at once gives it to one colleague", async () => {
    const { ctx, ann } = await givenTeam();
    const { ctx: ben } = await givenMember(db, ctx.workspaceId, { user: { name: "Ben" } });
    await beat(ben, {});
    const { dialogId } = await givenWaiting(ctx);
    const results = await Promise.allSettled([
      assignDialog(ann, { dialogId, userId: ben.actor.userId }),
      assignDialog(ben, { dialogId, userId: ann.actor.userId }),
    ]);
    expect(results.some(({ status }) => status === "fulfilled")).toBe(true);
    expect((await handoffState(ctx, dialogId)).status).toBe("active");
  });

  it("of or to somebody of another workspace is NOT_FOUND", async () => {
    const { ctx, ann } = await givenTeam();
    const { ctx: other } = await givenWorkspace(db);
    const { dialogId } = await givenWaiting(ctx);
    const foreign = { code: "NOT_FOUND" };
    await expect(assignDialog(ctx, { dialogId, userId: other.actor.userId })).rejects.toMatchObject(foreign);
    await expect(assignDialog(other, { dialogId, userId: other.actor.userId })).rejects.toMatchObject(foreign);
    await expect(assignDialog(other, { dialogId, userId: ann.actor.userId })).rejects.toMatchObject(foreign);
    expect((await handoffState(ctx, dialogId)).status).toBe("requested");
  });
});

describe("one press on several dialogs", () => {
  it("does what can be done and says why the rest was refused", async () => {
    const { ctx, ann } = await givenTeam();
    const [free, held] = [await givenDialog(ctx), await givenDialog(ctx)];
    const { ctx: other } = await givenWorkspace(db);
    const foreign = await givenDialog(other);
    await takeDialog(ctx, { dialogId: held.dialogId });
    const dialogIds = [held.dialogId, free.dialogId, foreign.dialogId];
    expect(await actOnDialogs(ann, { dialogIds, action: { kind: "close" } })).toMatchObject({
      done: [free.dialogId],
      refused: [
        { dialogId: held.dialogId, appCode: "CONFLICT", facts: { reason: "not-yours", holder: "Olga" } },
        { dialogId: foreign.dialogId, appCode: "NOT_FOUND" },
      ],
    });
    expect((await getDialog(other, { id: foreign.dialogId })).status).toBe("open");
  });

  it("can be taken back when it closed them", async () => {
    const { ctx } = await givenTeam();
    const [one, two] = [await givenDialog(ctx), await givenWaiting(ctx)];
    const dialogIds = [one.dialogId, two.dialogId];
    await actOnDialogs(ctx, { dialogIds, action: { kind: "close" } });
    expect((await actOnDialogs(ctx, { dialogIds, action: { kind: "reopen" } })).done).toEqual(dialogIds);
    expect((await handoffState(ctx, two.dialogId)).status).toBe("requested");
  });

  it("puts aside what one has, and brings it back", async () => {
    const { ctx } = await givenTeam();
    const [held, waiting] = [await givenWaiting(ctx), await givenWaiting(ctx)];
    await takeDialog(ctx, held);
    const dialogIds = [held.dialogId, waiting.dialogId];
    const until = new Date(Date.now() + 60_000);
    expect(await actOnDialogs(ctx, { dialogIds, action: { kind: "snooze", until } })).toMatchObject({
      done: [held.dialogId],
      refused: [{ dialogId: waiting.dialogId, appCode: "CONFLICT", facts: { reason: "waiting" } }],
    });
    expect((await handoffState(ctx, held.dialogId)).snoozedUntil).toEqual(until);
    await actOnDialogs(ctx, { dialogIds: [held.dialogId], action: { kind: "snooze", until: null } });
    expect((await handoffState(ctx, held.dialogId)).snoozedUntil).toBeNull();
  });

  it("tags them and marks them", async () => {
    const { ctx } = await givenTeam();
    const { dialogId } = await givenDialog(ctx);
    await actOnDialogs(ctx, { dialogIds: [dialogId, dialogId], action: { kind: "tag", text: "delivery" } });
    await actOnDialogs(ctx, { dialogIds: [dialogId], action: { kind: "read" } });
    expect(await getDialog(ctx, { id: dialogId })).toMatchObject({ tags: ["delivery"], unreadCount: 0 });
  });
});

describe("a dialog that was closed with a talk going on", () => {
  it("returns to the same hands, and to the same place of the queue", async () => {
    const { ctx } = await givenTeam();
    const [held, waiting] = [await givenDialog(ctx), await givenWaiting(ctx)];
    await takeDialog(ctx, { dialogId: held.dialogId });
    const before = await handoffState(ctx, waiting.dialogId);
    for (const { dialogId } of [held, waiting]) {
      await closeDialog(ctx, { dialogId });
      expect((await handoffState(ctx, dialogId)).status).toBe("none");
      await reopenDialog(ctx, { dialogId });
    }
    expect((await handoffState(ctx, held.dialogId)).isMine).toBe(true);
    expect(await handoffState(ctx, waiting.dialogId)).toEqual(before);
  });
});

describe("unread", () => {
  it("is set again by hand and gone when somebody reads", async () => {
    const { ctx } = await givenTeam();
    const { dialogId } = await givenDialog(ctx);
    const unread = async () => (await getDialog(ctx, { id: dialogId })).unreadCount;
    await markRead(ctx, { dialogId });
    expect(await unread()).toBe(0);
    await Promise.all([markUnread(ctx, { dialogId }), markUnread(ctx, { dialogId })]);
    expect(await unread()).toBe(1);
    const { ctx: other } = await givenWorkspace(db);
    await expect(markUnread(other, { dialogId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
