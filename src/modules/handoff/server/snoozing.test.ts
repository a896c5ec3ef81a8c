import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { auditedOperations } from "@/modules/audit/testing";
import { closeDialog } from "@/modules/dialogs/server/service";
import { receiveMessage } from "@/modules/dialogs/server/receive";
import { newId } from "@/lib/ids";
import { inboxListInput } from "@/modules/handoff/inbox/contract";
import type { InboxView } from "@/modules/handoff/inbox/limits";
import { givenWaiting } from "@/modules/handoff/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import { jobCtx } from "@/server/jobs/testing";
import { releaseDialog, takeDialog, transferDialog } from "./holding";
import { countInbox, listInbox } from "./inbox/service";
import { wakeDialogJob } from "./jobs";
import { beat } from "./presence/service";
import { handoffState } from "./service";
import { snoozeDialog } from "./snoozing";

const db = testDb();
const HOUR_MS = 60 * 60_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS);
const later = (ctx: MemberCtx, hours: number): MemberCtx => ({ ...ctx, now: () => inHours(hours) });
const idsIn = async (ctx: MemberCtx, view: InboxView) =>
  (await listInbox(ctx, inboxListInput.parse({ view }))).items.map(({ id }) => id);

async function given(channel: "api" | "telegram" = "api") {
  const { ctx, workspace } = await givenWorkspace(db);
  const dialog = await givenWaiting(ctx, { channel });
  await takeDialog(ctx, dialog);
  return { ctx, workspace, ...dialog };
}

describe("putting a dialog aside", () => {
  it("takes it out of Mine and its number until the time has come", async () => {
    const { ctx, dialogId } = await given();
    const until = inHours(1);
    await snoozeDialog(ctx, { dialogId, until });
    expect(await idsIn(ctx, "mine")).toEqual([]);
    expect(await idsIn(ctx, "snoozed")).toEqual([dialogId]);
    const [aside] = (await listInbox(ctx, inboxListInput.parse({ view: "all" }))).items;
    expect(aside).toMatchObject({ id: dialogId, snoozedUntil: until, waitingSince: null });
    expect(await countInbox(ctx)).toMatchObject({ mine: 0 });
    expect((await handoffState(ctx, dialogId)).snoozedUntil).toEqual(until);
    expect(await idsIn(later(ctx, 2), "mine")).toEqual([dialogId]);
    expect(await idsIn(later(ctx, 2), "snoozed")).toEqual([]);
    expect(await countInbox(later(ctx, 2))).toMatchObject({ mine: 1 });
    expect((await handoffState(later(ctx, 2), dialogId)).snoozedUntil).toBeNull();
  });

  it("lists first what comes back first", async () => {
    const { ctx, dialogId, assistantId } = await given();
    const other = await givenWaiting(ctx, { assistantId });
    await takeDialog(ctx, other);
    await snoozeDialog(ctx, { dialogId, until: inHours(3) });
    await snoozeDialog(ctx, { dialogId: other.dialogId, until: inHours(1) });
    expect(await idsIn(ctx, "snoozed")).toEqual([other.dialogId, dialogId]);
  });

  it.each(["api", "telegram"] as const)("ends when the visitor writes (%s)", async (channel) => {
    const { ctx, dialogId, assistantId, visitorKey } = await given(channel);
    await snoozeDialog(ctx, { dialogId, until: inHours(1) });
    await receiveMessage(ctx, { assistantId, channel, visitorKey, clientId: newId(), text: "Hello?" });
    expect(await idsIn(ctx, "mine")).toEqual([dialogId]);
    expect((await handoffState(ctx, dialogId)).snoozedUntil).toBeNull();
  });

  it("ends when it is woken, given back, handed over or closed", async () => {
    const { ctx, workspace, dialogId } = await given();
    await snoozeDialog(ctx, { dialogId, until: inHours(1) });
    await snoozeDialog(ctx, { dialogId, until: null });
    expect(await idsIn(ctx, "mine")).toEqual([dialogId]);
    const ann = await givenMember(db, workspace.id);
    await beat(ann.ctx, { status: "online", isVisible: true });
    await snoozeDialog(ctx, { dialogId, until: inHours(1) });
    await transferDialog(ctx, { dialogId, userId: ann.user.id });
    expect(await idsIn(ann.ctx, "mine")).toEqual([dialogId]);
    await snoozeDialog(ann.ctx, { dialogId, until: inHours(1) });
    await releaseDialog(ann.ctx, { dialogId });
    expect((await handoffState(ctx, dialogId)).snoozedUntil).toBeNull();
    await takeDialog(ctx, { dialogId });
    await snoozeDialog(ctx, { dialogId, until: inHours(1) });
    await closeDialog(ctx, { dialogId });
    expect((await handoffState(ctx, dialogId)).snoozedUntil).toBeNull();
  });

  it("refuses what nobody has, a colleague's dialog, and moments past or too far away", async () => {
    const { ctx, workspace, dialogId, assistantId } = await given();
    const waiting = await givenWaiting(ctx, { assistantId });
    const { ctx: ann } = await givenMember(db, workspace.id);
    const until = inHours(1);
    const refusals = [
      [
        () => snoozeDialog(ctx, { dialogId: waiting.dialogId, until }),
        { code: "CONFLICT", facts: { reason: "waiting" } },
      ],
      [() => snoozeDialog(ann, { dialogId, until }), { code: "CONFLICT", facts: { reason: "not-yours" } }],
      [() => snoozeDialog(ctx, { dialogId, until: inHours(-1) }), { code: "VALIDATION" }],
      [() => snoozeDialog(ctx, { dialogId, until: inHours(24 * 400) }), { code: "VALIDATION" }],
    ] as const;
    for (const [attempt, refusal] of refusals) await expect(attempt()).rejects.toMatchObject(refusal);
  });

  it("does not find a dialog of another workspace", async () => {
    const { dialogId } = await given();
    const { ctx: stranger } = await givenWorkspace(db);
    await expect(snoozeDialog(stranger, { dialogId, until: inHours(1) })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("counts once when it is pressed twice at the same time", async () => {
    const { ctx, dialogId } = await given();
    const until = inHours(1);
    await Promise.all([snoozeDialog(ctx, { dialogId, until }), snoozeDialog(ctx, { dialogId, until })]);
    expect((await auditedOperations(db, dialogId)).filter((name) => name === "handoff.snoozed")).toHaveLength(1);
  });

  it("is announced when the time has come, and silently passed over when it was changed", async () => {
    const { ctx, dialogId } = await given();
    const changes = async () =>
      (
        await db.execute<{ n: number }>(
          `select count(*)::int as n from events where type = 'dialog.changed' and ids->>'dialogId' = '${dialogId}'`,
        )
      )[0]?.n ?? 0;
    await snoozeDialog(ctx, { dialogId, until: inHours(2) });
    const before = await changes();
    const wake = (hours: number) =>
      wakeDialogJob.run(jobCtx(db, wakeDialogJob, { now: () => inHours(hours) }), { dialogId });
    await wake(1);
    expect(await changes()).toBe(before);
    await wake(3);
    expect(await changes()).toBe(before + 1);
    await snoozeDialog(ctx, { dialogId, until: null });
    const woken = await changes();
    await wake(3);
    expect(await changes()).toBe(woken);
  });
});
