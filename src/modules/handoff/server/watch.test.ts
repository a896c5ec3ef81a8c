import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { auditedOperations } from "@/modules/audit/testing";
import { receiveMessage } from "@/modules/dialogs/server/receive";
import { getDialog, listMessages } from "@/modules/dialogs/server/service";
import { lettersTo } from "@/modules/email/testing";
import { givenWaiting } from "@/modules/handoff/testing";
import { removeMember } from "@/modules/workspaces/server/members";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { WorkspaceCtx } from "@/server/context";
import { jobCtx, pendingPayloads } from "@/server/jobs/testing";
import { takeDialog } from "./holding";
import { mailTeamJob, watchHandoffsJob } from "./jobs";
import { beat, keepPresent, listOperators } from "./presence/service";
import { listQueue } from "./queue";
import { handoffState } from "./service";
import { snoozeDialog } from "./snoozing";
import { replyToVisitor } from "./reply";
import { newId } from "@/lib/ids";

const db = testDb();
const at =
  (minutes: number, seconds = 0) =>
  () =>
    new Date(Date.now() + minutes * 60_000 + seconds * 1000);
const watchAt = (minutes: number, seconds = 0) =>
  watchHandoffsJob.run(jobCtx(db, watchHandoffsJob, { now: at(minutes, seconds) }), {});
const noticesOf = async (ctx: WorkspaceCtx, dialogId: string) =>
  (await listMessages(ctx, { dialogId, limit: 50 })).items.flatMap(({ author, text }) =>
    author === "system" ? [text] : [],
  );

async function given() {
  const { ctx, user, workspace } = await givenWorkspace(db);
  const ben = await givenMember(db, workspace.id, { user: { name: "Ben" } });
  return { ctx, user, workspace, ben: ben.ctx };
}

describe("a dialog that nobody takes", () => {
  it("is escalated once per rung, with a letter and the truth for the visitor", async () => {
    const { ctx, user } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await watchAt(4);
    expect(await noticesOf(ctx, dialogId)).toHaveLength(1);
    await watchAt(5, 1);
    await watchAt(5, 30);
    await Promise.all([watchAt(10, 1), watchAt(10, 1)]);
    expect((await noticesOf(ctx, dialogId)).slice(1)).toEqual([
      expect.stringContaining("still busy"),
      expect.stringContaining("still busy"),
    ]);
    for (const payload of await pendingPayloads(db, mailTeamJob, { dialogId }))
      await mailTeamJob.run(jobCtx(db, mailTeamJob), payload);
    expect((await lettersTo(db, user.email)).map(({ kind }) => kind)).toEqual([
      "handoff-waiting",
      "handoff-escalated",
      "handoff-escalated",
    ]);
    expect((await listQueue(ctx, { limit: 50 })).items).toMatchObject([{ dialogId, rung: 2, position: 1 }]);
  });

  it("goes back to the assistant after thirty minutes, with an apology", async () => {
    const { ctx } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await watchAt(29, 30);
    expect((await getDialog(ctx, { id: dialogId })).handoffStatus).toBe("requested");
    await Promise.all([watchAt(30, 1), watchAt(30, 1)]);
    expect((await getDialog(ctx, { id: dialogId })).handoffStatus).toBe("none");
    expect((await noticesOf(ctx, dialogId)).filter((text) => text.startsWith("Sorry"))).toHaveLength(1);
    expect((await auditedOperations(db, dialogId)).filter((name) => name === "handoff.expired")).toHaveLength(1);
  });
});

describe("an operator who vanishes", () => {
  it("loses the dialog after five minutes; it waits again, first in the queue where it was", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenWaiting(ctx);
    const { requestedAt } = await handoffState(ctx, dialogId);
    const other = await givenWaiting(ctx);
    await takeDialog(ben, { dialogId });
    await watchAt(4, 50);
    expect((await handoffState(ctx, dialogId)).status).toBe("active");
    await watchAt(5, 5);
    expect(await handoffState(ctx, dialogId)).toMatchObject({
      status: "requested",
      reason: "operator_lost",
      requestedAt,
      position: 1,
      holder: null,
    });
    expect((await handoffState(ctx, other.dialogId)).position).toBe(2);
    expect((await noticesOf(ctx, dialogId)).at(-1)).toContain("place in the queue is kept");
    expect((await beat(ben, {})).load.site).toBe(0);
  });

  it("keeps the dialog with any sign of life: a beat, an open connection, a reply", async () => {
    const { ctx, ben } = await given();
    const signs = [() => beat({ ...ben, now: at(4) }, {}), () => keepPresent({ ...ben, now: at(8) })];
    const { dialogId } = await givenWaiting(ctx);
    await takeDialog(ben, { dialogId });
    for (const [n, sign] of signs.entries()) {
      await sign();
      await watchAt((n + 1) * 4 + 4);
      expect((await handoffState(ctx, dialogId)).status).toBe("active");
    }
    await replyToVisitor({ ...ben, now: at(12) }, { dialogId, id: newId(), text: "Here" });
    await watchAt(16);
    expect((await handoffState(ctx, dialogId)).status).toBe("active");
  });

  it("who put a dialog aside keeps it until its time, and is expected from then on", async () => {
    const { ctx, ben } = await given();
    const { dialogId, ...visit } = await givenWaiting(ctx);
    const other = await givenWaiting(ctx);
    await takeDialog(ben, { dialogId });
    await takeDialog(ben, other);
    await snoozeDialog(ben, { dialogId, until: at(60)() });
    await snoozeDialog(ben, { dialogId: other.dialogId, until: at(60)() });
    await watchAt(59);
    const statusOf = async (id: string) => (await handoffState(ctx, id)).status;
    expect(await statusOf(dialogId)).toBe("active");
    await receiveMessage({ ...ctx, now: at(59) }, { ...visit, channel: "api", clientId: newId(), text: "Hello?" });
    await watchAt(60);
    expect(await statusOf(dialogId)).toBe("requested");
    await watchAt(64);
    expect(await statusOf(other.dialogId)).toBe("active");
    await watchAt(66);
    expect(await statusOf(other.dialogId)).toBe("requested");
  });

  it("who is no member any more loses the dialog at once", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await takeDialog(ben, { dialogId });
    await removeMember(ctx, { userId: ben.actor.userId });
    await watchAt(0);
    expect((await handoffState(ctx, dialogId)).status).toBe("requested");
  });
});

describe("presence", () => {
  const statusOf = async (ctx: WorkspaceCtx, userId: string) =>
    (await listOperators(ctx)).items.find((item) => item.userId === userId)?.status;

  it("is offline for a closed tab within ninety seconds, and the load equals the open dialogs", async () => {
    const { ctx, ben } = await given();
    const { userId } = ben.actor;
    expect(await statusOf(ctx, userId)).toBe("offline");
    await beat(ben, {});
    await takeDialog(ben, { dialogId: (await givenWaiting(ctx)).dialogId });
    expect((await listOperators(ctx)).items.find((item) => item.userId === userId)).toMatchObject({
      status: "online",
      load: { site: 1, telegram: 0 },
    });
    expect(await statusOf({ ...ctx, now: at(0, 91) }, userId)).toBe("offline");
  });

  it("is away when the last tab is hidden, not when another is still seen", async () => {
    const { ctx, ben } = await given();
    const { userId } = ben.actor;
    await beat(ben, { isVisible: true });
    await beat({ ...ben, now: at(0, 10) }, { isVisible: false });
    expect(await statusOf({ ...ctx, now: at(0, 11) }, userId)).toBe("online");
    await beat({ ...ben, now: at(0, 20) }, { isVisible: false });
    expect(await statusOf({ ...ctx, now: at(0, 21) }, userId)).toBe("away");
    await beat({ ...ben, now: at(0, 22) }, { isVisible: true });
    expect(await statusOf({ ...ctx, now: at(0, 23) }, userId)).toBe("online");
  });

  it("is never made online by an open connection alone", async () => {
    const { ctx, ben } = await given();
    await keepPresent(ben);
    expect(await statusOf(ctx, ben.actor.userId)).toBe("offline");
    await beat(ben, { status: "away" });
    await keepPresent(ben);
    expect(await statusOf(ctx, ben.actor.userId)).toBe("away");
  });

  it("keeps its capacities, within their bounds, per workspace", async () => {
    const { ben } = await given();
    expect(await beat(ben, { siteCapacity: 7 })).toMatchObject({ siteCapacity: 7, telegramCapacity: 5 });
    expect(await beat(ben, { telegramCapacity: 0 })).toMatchObject({ siteCapacity: 7, telegramCapacity: 0 });
  });
});
