import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { auditedOperations } from "@/modules/audit/testing";
import { receiveMessage } from "@/modules/dialogs/server/receive";
import { closeDialog, getDialog, listMessages } from "@/modules/dialogs/server/service";
import { lettersTo } from "@/modules/email/testing";
import { givenDialog, givenWaiting } from "@/modules/handoff/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx, WorkspaceCtx } from "@/server/context";
import { jobCtx, pendingPayloads } from "@/server/jobs/testing";
import { releaseDialog, resetDialog, takeDialog, transferDialog } from "./holding";
import { mailTeamJob } from "./jobs";
import { beat } from "./presence/service";
import { getCounts, listMine, listQueue } from "./queue";
import { cancelHandoff, handoffState, requestHandoff } from "./service";

const db = testDb();
const conflict = (reason: string, facts = {}) =>
  expect.objectContaining({ code: "CONFLICT", facts: expect.objectContaining({ reason, ...facts }) });
const notFound = expect.objectContaining({ code: "NOT_FOUND" });
const later = <C extends WorkspaceCtx>(ctx: C, minutes: number): C => ({
  ...ctx,
  now: () => new Date(Date.now() + minutes * 60_000),
});
const noticesOf = async (ctx: WorkspaceCtx, dialogId: string) =>
  (await listMessages(ctx, { dialogId, limit: 50 })).items.filter(({ author }) => author === "system");

async function given() {
  const { ctx, user, workspace } = await givenWorkspace(db);
  const ben = await givenMember(db, workspace.id, { user: { name: "Ben" } });
  const ann = await givenMember(db, workspace.id, { user: { name: "Ann" } });
  return { ctx, user, workspace, ben: ben.ctx, benUser: ben.user, ann: ann.ctx };
}

describe("a request for a person", () => {
  it("silences the assistant, tells the visitor the place, and is written down", async () => {
    const { ctx } = await given();
    const { dialogId } = await givenDialog(ctx);
    expect(await requestHandoff(ctx, { dialogId, reason: "keyword" })).toEqual({
      status: "requested",
      position: 1,
      waitMinutes: 3,
    });
    expect((await getDialog(ctx, { id: dialogId })).handoffStatus).toBe("requested");
    expect((await noticesOf(ctx, dialogId)).map(({ text }) => text)).toEqual([expect.stringContaining("queue: 1")]);
    expect(await auditedOperations(db, dialogId)).toEqual(["handoff.requested"]);
  });

  it("keeps its place and its time when it is repeated, with the same or another request id", async () => {
    const { ctx } = await given();
    const first = await givenDialog(ctx);
    await requestHandoff(ctx, { dialogId: first.dialogId, requestId: "one" });
    const { requestedAt } = await handoffState(ctx, first.dialogId);
    await givenWaiting(ctx);
    const again = later(ctx, 4);
    expect(await requestHandoff(again, { dialogId: first.dialogId, requestId: "one" })).toMatchObject({ position: 1 });
    expect(await requestHandoff(again, { dialogId: first.dialogId, requestId: "two" })).toMatchObject({ position: 1 });
    expect((await handoffState(ctx, first.dialogId)).requestedAt).toEqual(requestedAt);
    expect(await noticesOf(ctx, first.dialogId)).toHaveLength(1);
    expect(await auditedOperations(db, first.dialogId)).toEqual(["handoff.requested"]);
  });

  it("opens one episode when ten arrive at once", async () => {
    const { ctx } = await given();
    const { dialogId } = await givenDialog(ctx);
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => requestHandoff(ctx, { dialogId })));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(7);
    expect(await noticesOf(ctx, dialogId)).toHaveLength(1);
    expect(await auditedOperations(db, dialogId)).toEqual(["handoff.requested"]);
  });

  it("is refused past three a minute, per dialog", async () => {
    const { ctx } = await given();
    const { dialogId } = await givenDialog(ctx);
    for (let n = 0; n < 3; n += 1) await requestHandoff(ctx, { dialogId });
    await expect(requestHandoff(ctx, { dialogId })).rejects.toMatchObject({ code: "RATE_LIMITED" });
    expect(await givenWaiting(ctx)).toBeDefined();
  });

  it("is refused while a person has the dialog, and names that person", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await takeDialog(ben, { dialogId });
    await expect(requestHandoff(ctx, { dialogId })).rejects.toEqual(conflict("with-operator", { holder: "Ben" }));
  });

  it("is refused in a dialog that has ended", async () => {
    const { ctx } = await given();
    const { dialogId } = await givenDialog(ctx);
    await closeDialog(ctx, { dialogId });
    await expect(requestHandoff(ctx, { dialogId })).rejects.toEqual(conflict("ended"));
  });

  it("does not exist for another workspace", async () => {
    const { dialogId } = await givenWaiting((await given()).ctx);
    const { ctx: stranger } = await given();
    await expect(requestHandoff(stranger, { dialogId })).rejects.toEqual(notFound);
    await expect(cancelHandoff(stranger, { dialogId })).rejects.toEqual(notFound);
    await expect(takeDialog(stranger, { dialogId })).rejects.toEqual(notFound);
    await expect(handoffState(stranger, dialogId)).rejects.toEqual(notFound);
    expect((await listQueue(stranger, { limit: 50 })).items).toEqual([]);
  });

  it("is only a note in the playground", async () => {
    const { ctx } = await given();
    const { dialogId } = await givenDialog(ctx, { channel: "preview" });
    expect(await requestHandoff(ctx, { dialogId })).toEqual({ status: "none", isPreview: true });
    expect((await listQueue(ctx, { limit: 50 })).items).toEqual([]);
    expect((await noticesOf(ctx, dialogId)).map(({ text }) => text)).toEqual([expect.stringContaining("live channel")]);
    await expect(takeDialog(ctx, { dialogId })).rejects.toEqual(conflict("preview"));
  });

  it("speaks the visitor's language", async () => {
    const { ctx } = await given();
    const { dialogId } = await givenWaiting(ctx, { text: "Где мой заказ?" });
    expect((await noticesOf(ctx, dialogId)).map(({ text }) => text)).toEqual([expect.stringContaining("очереди: 1")]);
  });
});

describe("letters about a waiting dialog", () => {
  const mail = async (dialogId: string) => {
    for (const payload of await pendingPayloads(db, mailTeamJob, { dialogId }))
      await mailTeamJob.run(jobCtx(db, mailTeamJob), payload);
  };

  it("reach every member once, and not again within ten minutes", async () => {
    const { ctx, user, benUser } = await given();
    const { dialogId } = await givenWaiting(ctx, { visitorName: "Maria" });
    await mail(dialogId);
    await mail(dialogId);
    expect((await lettersTo(db, user.email)).map(({ kind }) => kind)).toEqual(["handoff-waiting"]);
    expect(await lettersTo(db, benUser.email)).toMatchObject([
      { payload: { visitorName: "Maria", reason: "manual", excerpt: "Where is my order?" } },
    ]);
    await cancelHandoff(ctx, { dialogId });
    await requestHandoff(later(ctx, 9), { dialogId });
    await mail(dialogId);
    expect(await lettersTo(db, user.email)).toHaveLength(1);
    await cancelHandoff(later(ctx, 9), { dialogId });
    await requestHandoff(later(ctx, 11), { dialogId });
    await mail(dialogId);
    expect(await lettersTo(db, user.email)).toHaveLength(2);
  });

  it("are not written once somebody has come", async () => {
    const { ctx, user, ben } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await takeDialog(ben, { dialogId });
    await mail(dialogId);
    expect(await lettersTo(db, user.email)).toEqual([]);
  });
});

describe("taking a dialog", () => {
  it("lets one of twenty takers win and tells the others who", async () => {
    const { ctx, workspace } = await given();
    const { dialogId } = await givenWaiting(ctx);
    const takers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => givenMember(db, workspace.id, { user: { name: `Taker ${n}` } })),
    );
    const outcomes = await Promise.allSettled(takers.map((taker) => takeDialog(taker.ctx, { dialogId })));
    const winners = takers.filter((_, n) => outcomes[n]?.status === "fulfilled");
    expect(winners).toHaveLength(1);
    const holder = winners[0]?.user.name;
    expect(outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []))).toEqual(
      Array.from({ length: 19 }, () => conflict("with-operator", { holder })),
    );
    expect((await handoffState(ctx, dialogId)).holder?.name).toBe(holder);
    expect((await noticesOf(ctx, dialogId)).map(({ text }) => text)).toEqual([
      expect.stringContaining("queue"),
      expect.stringContaining(holder ?? "?"),
    ]);
    expect(await auditedOperations(db, dialogId)).toEqual(["handoff.requested", "handoff.taken"]);
  });

  it("works without a request, in one step, and taking one's own again is fine", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenDialog(ctx);
    expect(await takeDialog(ben, { dialogId })).toEqual({ status: "active" });
    expect(await takeDialog(ben, { dialogId })).toEqual({ status: "active" });
    expect(await handoffState(ctx, dialogId)).toMatchObject({
      status: "active",
      reason: "manual",
      holder: { name: "Ben" },
    });
    expect((await listMine(ben)).items.map((item) => item.dialogId)).toEqual([dialogId]);
    expect(await noticesOf(ctx, dialogId)).toHaveLength(1);
  });

  it("stops at the capacity of the channel, also when two dialogs are taken at once", async () => {
    const { ctx, ben } = await given();
    await beat(ben, { siteCapacity: 1, telegramCapacity: 1 });
    const [one, two, telegram] = [
      await givenWaiting(ctx),
      await givenWaiting(ctx),
      await givenWaiting(ctx, { channel: "telegram" }),
    ];
    const outcomes = await Promise.allSettled([one, two].map(({ dialogId }) => takeDialog(ben, { dialogId })));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: conflict("capacity", { load: 1, capacity: 1 }),
    });
    expect(await takeDialog(ben, { dialogId: telegram.dialogId })).toEqual({ status: "active" });
    expect((await beat(ben, {})).load).toEqual({ site: 1, telegram: 1 });
  });

  it("is not for somebody who has just said away", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await beat(ben, { status: "away" });
    await expect(takeDialog(ben, { dialogId })).rejects.toEqual(conflict("you-are-away"));
    await beat(ben, { status: "online" });
    expect(await takeDialog(ben, { dialogId })).toEqual({ status: "active" });
  });
});

describe("handing a dialog on", () => {
  it("goes to a colleague who is online, by the holder or an owner", async () => {
    const { ctx, ben, ann } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await takeDialog(ben, { dialogId });
    const transfer = { dialogId, userId: ann.actor.userId };
    await expect(transferDialog(ben, transfer)).rejects.toEqual(conflict("target-away"));
    await beat(ann, { status: "online" });
    await expect(transferDialog(ann, transfer)).rejects.toEqual(conflict("not-yours", { holder: "Ben" }));
    expect(await transferDialog(ben, transfer)).toEqual({ status: "active" });
    expect((await handoffState(ctx, dialogId)).holder?.name).toBe("Ann");
    await beat(ben, { status: "online" });
    expect(await transferDialog(ctx, { dialogId, userId: ben.actor.userId })).toEqual({ status: "active" });
    expect((await noticesOf(ctx, dialogId)).map(({ text }) => text).slice(2)).toEqual([
      expect.stringContaining("Ann"),
      expect.stringContaining("Ben"),
    ]);
  });

  it("does not go to a person of another workspace, nor to one who is full", async () => {
    const { ctx, ben, ann } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await takeDialog(ben, { dialogId });
    const { ctx: stranger } = await given();
    await expect(transferDialog(ben, { dialogId, userId: stranger.actor.userId })).rejects.toEqual(notFound);
    await beat(ann, { siteCapacity: 0 });
    await expect(transferDialog(ben, { dialogId, userId: ann.actor.userId })).rejects.toEqual(conflict("target-full"));
  });
});

describe("giving a dialog back", () => {
  it("is for its holder; an owner may override, a colleague may not", async () => {
    const { ctx, ben, ann } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await takeDialog(ben, { dialogId });
    await expect(releaseDialog(ann, { dialogId })).rejects.toEqual(conflict("not-yours", { holder: "Ben" }));
    await expect(closeDialog(ann, { dialogId })).rejects.toEqual(conflict("not-yours", { holder: "Ben" }));
    expect(await releaseDialog(ben, { dialogId })).toEqual({ status: "none" });
    await expect(releaseDialog(ben, { dialogId })).rejects.toEqual(conflict("with-assistant"));
    await takeDialog(ben, { dialogId });
    expect(await releaseDialog(ctx, { dialogId })).toEqual({ status: "none" });
    expect(await listMine(ben)).toMatchObject({ items: [] });
  });

  it("happens once when it is asked for twice at once", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await takeDialog(ben, { dialogId });
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => releaseDialog(ben, { dialogId })));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await auditedOperations(db, dialogId)).filter((name) => name === "handoff.released")).toHaveLength(1);
  });

  it("keeps automatic requests silent for five minutes, never a person's own", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await takeDialog(ben, { dialogId });
    await releaseDialog(ben, { dialogId });
    expect(await requestHandoff(later(ctx, 4), { dialogId, reason: "keyword" })).toEqual({ status: "none" });
    expect(await requestHandoff(later(ctx, 6), { dialogId, reason: "keyword" })).toMatchObject({ status: "requested" });
  });

  it("lets the visitor go on with the assistant while waiting, not while a person answers", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenWaiting(ctx);
    expect(await cancelHandoff(ctx, { dialogId })).toEqual({ status: "none" });
    await expect(cancelHandoff(ctx, { dialogId })).rejects.toEqual(conflict("not-waiting"));
    await takeDialog(ben, { dialogId });
    await expect(cancelHandoff(ctx, { dialogId })).rejects.toEqual(conflict("with-operator", { holder: "Ben" }));
  });

  it("ends the episode when the dialog ends", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await takeDialog(ben, { dialogId });
    await closeDialog(ben, { dialogId });
    expect(await handoffState(ctx, dialogId)).toMatchObject({ status: "none", holder: null });
    expect((await beat(ben, {})).load.site).toBe(0);
    expect((await auditedOperations(db, dialogId)).at(-1)).toBe("handoff.closed");
  });

  it("can be forced by an owner, with the reason on record", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await takeDialog(ben, { dialogId });
    expect(await resetDialog(ctx, { dialogId, reason: "Ben is on holiday" })).toEqual({ status: "none" });
    expect((await auditedOperations(db, dialogId)).at(-1)).toBe("handoff.reset");
    await expect(resetDialog(ctx, { dialogId, reason: "Again" })).rejects.toEqual(conflict("with-assistant"));
  });
});

describe("the queue", () => {
  it("shows the longest wait first, with place and estimate, page by page, and only the own workspace", async () => {
    const { ctx, ben } = await given();
    const waiting: string[] = [];
    for (let n = 0; n < 5; n += 1) waiting.push((await givenWaiting(ctx)).dialogId);
    await givenWaiting((await given()).ctx);
    const first = await listQueue(ctx, { limit: 2 });
    const second = await listQueue(ctx, { limit: 2, cursor: first.nextCursor ?? "" });
    const third = await listQueue(ctx, { limit: 2, cursor: second.nextCursor ?? "" });
    const items = [...first.items, ...second.items, ...third.items];
    expect(items.map((item) => [item.dialogId, item.position, item.waitMinutes])).toEqual(
      waiting.map((id, n) => [id, n + 1, (n + 1) * 3]),
    );
    expect(third.nextCursor).toBeNull();
    expect(items[0]).toMatchObject({ lastMessage: "Where is my order?", reason: "manual" });
    await takeDialog(ben, { dialogId: waiting[0] ?? "" });
    expect(await getCounts(ben)).toMatchObject({ waiting: 4, mine: 1 });
    expect((await handoffState(ctx, waiting[1] ?? "")).position).toBe(1);
  });
});

describe("a visitor's words", () => {
  it("are stored while people have the dialog", async () => {
    const { ctx, ben } = await given();
    const { dialogId, assistantId, visitorKey } = await givenWaiting(ctx);
    await takeDialog(ben as MemberCtx, { dialogId });
    const message = { assistantId, visitorKey, channel: "api" as const, clientId: newId(), text: "Still here" };
    expect((await receiveMessage(ctx, message)).dialogId).toBe(dialogId);
    expect((await listMessages(ctx, { dialogId, limit: 50 })).items.at(-1)).toMatchObject({ author: "visitor" });
  });
});
