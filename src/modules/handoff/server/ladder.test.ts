import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { givenStaff } from "@/modules/ai/testing";
import { auditedOperations } from "@/modules/audit/testing";
import { listMessages } from "@/modules/dialogs/server/service";
import { lettersTo } from "@/modules/email/testing";
import { givenLadder, givenWaiting } from "@/modules/handoff/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { WorkspaceCtx } from "@/server/context";
import { jobCtx, pendingPayloads } from "@/server/jobs/testing";
import { proposeSummary, releaseDialog, resetAnywhere, takeDialog } from "./holding";
import { mailTeamJob, watchHandoffsJob } from "./jobs";
import { cancelHandoff, handoffState, requestHandoff } from "./service";

const db = testDb();
const watchAt = (minutes: number) => {
  const now = () => new Date(Date.now() + minutes * 60_000);
  return watchHandoffsJob.run(jobCtx(db, watchHandoffsJob, { now }), {});
};
const noticesOf = async (ctx: WorkspaceCtx, dialogId: string) =>
  (await listMessages(ctx, { dialogId, limit: 50 })).items.flatMap(({ author, text }) =>
    author === "system" ? [text] : [],
  );
const kindsTo = async (email: string) => (await lettersTo(db, email)).map(({ kind }) => kind);
async function writeLetters(dialogId: string) {
  for (const payload of await pendingPayloads(db, mailTeamJob, { dialogId }))
    await mailTeamJob.run(jobCtx(db, mailTeamJob), payload);
}

async function given() {
  const { ctx, user, workspace } = await givenWorkspace(db);
  const ben = await givenMember(db, workspace.id, { user: { name: "Ben" } });
  return { ctx, owner: user, ben: ben.ctx, benUser: ben.user };
}

describe("a ladder of one's own", () => {
  it("tells each step to whom it names, once, and an address once", async () => {
    const { ctx, owner, benUser } = await given();
    const duty = `duty-${owner.id}@example.com`;
    await givenLadder(ctx, {
      siteSlaMinutes: 2,
      requestTell: [],
      rungs: [
        { times: 1, tell: ["owners"] },
        { times: 3, tell: ["team", "extra"] },
      ],
      extraEmails: [duty, owner.email],
    });
    const { dialogId } = await givenWaiting(ctx);
    await watchAt(1.9);
    await watchAt(2.1);
    await watchAt(2.5);
    await Promise.all([watchAt(6.1), watchAt(6.1)]);
    await writeLetters(dialogId);
    expect(await kindsTo(owner.email)).toEqual(["handoff-escalated", "handoff-escalated"]);
    expect(await kindsTo(benUser.email)).toEqual(["handoff-escalated"]);
    expect(await kindsTo(duty)).toEqual(["handoff-escalated"]);
  });

  it("that is climbed late tells everybody of the steps that were passed over", async () => {
    const { ctx, owner, benUser } = await given();
    await givenLadder(ctx, {
      requestTell: [],
      rungs: [
        { times: 1, tell: ["owners"] },
        { times: 2, tell: ["holder"] },
      ],
    });
    const { dialogId } = await givenWaiting(ctx);
    await watchAt(11);
    await writeLetters(dialogId);
    expect(await kindsTo(owner.email)).toEqual(["handoff-escalated"]);
    expect(await kindsTo(benUser.email)).toEqual([]);
  });

  it("knows who had the dialog before", async () => {
    const { ctx, owner, ben, benUser } = await given();
    await givenLadder(ctx, { requestTell: ["holder"] });
    const { dialogId } = await givenWaiting(ctx);
    await takeDialog(ben, { dialogId });
    await releaseDialog(ben, { dialogId });
    await requestHandoff({ ...ctx, now: () => new Date(Date.now() + 11 * 60_000) }, { dialogId });
    await writeLetters(dialogId);
    expect(await kindsTo(benUser.email)).toEqual(["handoff-waiting"]);
    expect(await kindsTo(owner.email)).toEqual([]);
  });

  it("with a zero never expires and loses nobody, but who left the team", async () => {
    const { ctx, ben } = await given();
    await givenLadder(ctx, { expiresAfterMinutes: 0, operatorLostAfterMinutes: 0 });
    const waiting = await givenWaiting(ctx);
    const held = await givenWaiting(ctx);
    await takeDialog(ben, { dialogId: held.dialogId });
    await watchAt(600);
    expect((await handoffState(ctx, waiting.dialogId)).status).toBe("requested");
    expect((await handoffState(ctx, held.dialogId)).status).toBe("active");
  });
});

describe("the place in the queue", () => {
  it("is told again when it got much better, not at each step and not each minute", async () => {
    const { ctx } = await given();
    const before: { dialogId: string }[] = [];
    for (let n = 0; n < 5; n += 1) before.push(await givenWaiting(ctx));
    const { dialogId } = await givenWaiting(ctx);
    const told = async () =>
      (await noticesOf(ctx, dialogId)).flatMap((text) => /place in the queue[^:]*: (\d+)/.exec(text)?.[1] ?? []);
    const leave = async (n: number) => cancelHandoff(ctx, { dialogId: before[n]?.dialogId ?? "" });
    expect(await told()).toEqual(["6"]);
    await leave(0);
    await leave(1);
    await watchAt(1);
    expect(await told()).toEqual(["6"]);
    await leave(2);
    await watchAt(1);
    await watchAt(1);
    expect(await told()).toEqual(["6", "3"]);
    await leave(3);
    await leave(4);
    await Promise.all([watchAt(1), watchAt(1)]);
    expect(await told()).toEqual(["6", "3", "1"]);
  });
});

describe("a request id", () => {
  it("that was served opens nothing again, however late its repeat comes", async () => {
    const { ctx } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await cancelHandoff(ctx, { dialogId });
    await requestHandoff(ctx, { dialogId, requestId: "press-1" });
    await cancelHandoff(ctx, { dialogId });
    expect(await requestHandoff(ctx, { dialogId, requestId: "press-1" })).toEqual({ status: "none" });
    expect((await handoffState(ctx, dialogId)).status).toBe("none");
  });
});

describe("a reset by the platform's staff", () => {
  it("frees a dialog of any workspace, with the reason in its audit log", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenWaiting(ctx);
    await takeDialog(ben, { dialogId });
    const staff = await givenStaff(db);
    const results = await Promise.allSettled(
      [1, 2].map(() => resetAnywhere(staff, { dialogId, reason: "The operator's account is broken" })),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await handoffState(ctx, dialogId)).status).toBe("none");
    expect(await auditedOperations(db, dialogId)).toContain("handoff.reset");
    await expect(resetAnywhere(staff, { dialogId: ctx.workspaceId, reason: "Nothing there" })).rejects.toEqual(
      expect.objectContaining({ code: "NOT_FOUND" }),
    );
  });
});

describe("the summary of a talk", () => {
  it("is proposed to the operator, and another workspace's is nobody's", async () => {
    const { ctx } = await given();
    const { dialogId } = await givenWaiting(ctx);
    expect((await proposeSummary(ctx, dialogId)).summary).toContain("- visitor: Where is my order?");
    expect((await proposeSummary({ ...ctx, locale: "ru" }, dialogId)).summary).toContain(
      "- посетитель: Where is my order?",
    );
    const { ctx: stranger } = await givenWorkspace(db);
    await expect(proposeSummary(stranger, dialogId)).rejects.toEqual(expect.objectContaining({ code: "NOT_FOUND" }));
  });
});
