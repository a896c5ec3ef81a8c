import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { receiveMessage } from "@/modules/dialogs/server/receive";
import { countMentions } from "@/modules/dialogs/server/mentions/service";
import { listNotes } from "@/modules/dialogs/server/notes";
import { getDialog, listMessages } from "@/modules/dialogs/server/service";
import { lettersTo } from "@/modules/email/testing";
import { givenDialog, givenHours, givenLadder, givenWaiting } from "@/modules/handoff/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { WorkspaceCtx } from "@/server/context";
import { jobCtx, pendingPayloads } from "@/server/jobs/testing";
import { takeDialog } from "../holding";
import { mailContactJob, watchHandoffsJob } from "../jobs";
import { handoffState, requestHandoff } from "../service";
import { takeContact } from "./service";

const db = testDb();
// 2026-11-23 is a Monday.
const at = (time: string, day = "2026-11-23") => new Date(`${day}T${time}:00Z`);
const on = <C extends WorkspaceCtx>(ctx: C, now: Date): C => ({ ...ctx, now: () => now });
const noticesOf = async (ctx: WorkspaceCtx, dialogId: string) =>
  (await listMessages(ctx, { dialogId, limit: 50 })).items.flatMap(({ author, text }) =>
    author === "system" ? [text] : [],
  );
const CONTACT = "It is about order 1841, call +7 916 123-45-67";

async function given(time = at("20:00")) {
  const { ctx, user } = await givenWorkspace(db);
  await givenHours(ctx);
  return { ctx: on(ctx, time), day: ctx, user };
}

describe("a request outside working hours", () => {
  it("keeps the assistant answering and tells the visitor when somebody is back, and how to be called", async () => {
    const { ctx } = await given();
    const { dialogId } = await givenDialog(ctx);
    expect(await requestHandoff(ctx, { dialogId })).toEqual({
      status: "none",
      isClosed: true,
      opensAt: at("09:00", "2026-11-24"),
    });
    expect(await noticesOf(ctx, dialogId)).toEqual([expect.stringContaining("back tomorrow at 09:00 (GMT+0)")]);
    expect((await handoffState(ctx, dialogId)).status).toBe("none");
  });

  it.each([
    ["06:30", "2026-11-23", "back today at 09:00"],
    ["20:00", "2026-11-27", "back on Monday, November 30 at 09:00"],
  ])("at %s on %s says “%s”", async (time, day, words) => {
    const { ctx } = await given(at(time, day));
    const { dialogId } = await givenDialog(ctx);
    await requestHandoff(ctx, { dialogId });
    expect((await noticesOf(ctx, dialogId))[0]).toContain(words);
  });

  it("is answered each time to who asks, once to the same request, and once for the assistant's own trouble", async () => {
    const { ctx } = await given();
    const { dialogId } = await givenDialog(ctx);
    await requestHandoff(ctx, { dialogId, requestId: "one" });
    await requestHandoff(ctx, { dialogId, requestId: "one" });
    expect(await noticesOf(ctx, dialogId)).toHaveLength(1);
    expect(await requestHandoff(ctx, { dialogId, reason: "fallback" })).toEqual({ status: "none" });
    expect(await noticesOf(ctx, dialogId)).toHaveLength(1);
  });

  it("is one as ever within the hours", async () => {
    const { ctx } = await given(at("10:00"));
    const { dialogId } = await givenDialog(ctx);
    expect(await requestHandoff(ctx, { dialogId })).toMatchObject({ status: "requested", position: 1 });
  });
});

describe("the contact of a visitor", () => {
  async function givenAsked() {
    const world = await given();
    const dialog = await givenDialog(world.ctx);
    await requestHandoff(world.ctx, { dialogId: dialog.dialogId });
    return { ...world, ...dialog };
  }

  it("becomes a note, a tag by which the dialog is found, and letters, once", async () => {
    const { ctx, user, dialogId } = await givenAsked();
    const taken = await Promise.all([1, 2, 3].map(() => takeContact(ctx, { dialogId, text: CONTACT })));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect((await listNotes(ctx, { dialogId })).items).toEqual([
      expect.objectContaining({ text: expect.stringContaining(CONTACT) }),
    ]);
    expect((await getDialog(ctx, { id: dialogId })).tags).toEqual(["call back"]);
    expect((await noticesOf(ctx, dialogId)).at(-1)).toContain("Thank you");
    for (const payload of await pendingPayloads(db, mailContactJob, { dialogId })) {
      await mailContactJob.run(jobCtx(db, mailContactJob), payload);
      await mailContactJob.run(jobCtx(db, mailContactJob), payload);
    }
    expect(await lettersTo(db, user.email)).toEqual([
      expect.objectContaining({
        kind: "contact-left",
        payload: expect.objectContaining({ excerpt: expect.stringContaining("+7 916 123-45-67") }),
      }),
    ]);
  });

  it("is taken at once when the request has it already", async () => {
    const { ctx } = await given();
    const { dialogId } = await givenDialog(ctx);
    await requestHandoff(ctx, { dialogId, reason: "keyword", question: `Call a person. ${CONTACT}` });
    expect(await noticesOf(ctx, dialogId)).toEqual([expect.stringContaining("Thank you")]);
    expect((await listNotes(ctx, { dialogId })).items).toHaveLength(1);
  });

  it("is no contact without being asked for, without an address in it, or once a person is there", async () => {
    const { ctx, dialogId } = await givenAsked();
    expect(await takeContact(ctx, { dialogId, text: "When do you open?" })).toBe(false);
    const other = await givenDialog(ctx);
    expect(await takeContact(ctx, { dialogId: other.dialogId, text: CONTACT })).toBe(false);
    const { ctx: ben } = await givenMember(db, ctx.workspaceId);
    await takeDialog(ben, { dialogId });
    expect(await takeContact(ctx, { dialogId, text: CONTACT })).toBe(false);
  });

  it("calls nobody of the team by name, however it is written", async () => {
    const { ctx, dialogId } = await givenAsked();
    const { ctx: ben, user } = await givenMember(db, ctx.workspaceId);
    const text = `${CONTACT} @${user.name} @[${user.id}]`;
    expect(await takeContact(ctx, { dialogId, text })).toBe(true);
    const { dialogId: other } = await givenDialog(ctx);
    const system = { ...ctx, actor: { kind: "system" as const, job: "chat.answer" } };
    await requestHandoff(system, { dialogId: other, reason: "auto_trigger", isUrgent: true, text, question: text });
    expect(await countMentions(ben)).toEqual({ unread: 0 });
  });

  it("of another workspace is nobody's", async () => {
    const { dialogId } = await givenAsked();
    const { ctx: stranger } = await givenWorkspace(db);
    await expect(takeContact(stranger, { dialogId, text: CONTACT })).rejects.toEqual(
      expect.objectContaining({ code: "NOT_FOUND" }),
    );
  });
});

describe("the end of the working hours", () => {
  const watch = (now: Date) => watchHandoffsJob.run(jobCtx(db, watchHandoffsJob, { now: () => now }), {});

  it("keeps nobody waiting through the night: apology, way on, assistant", async () => {
    const { day } = await given();
    const evening = on(day, at("17:58"));
    const { dialogId } = await givenWaiting(evening);
    await watch(at("18:01"));
    expect((await handoffState(evening, dialogId)).status).toBe("requested");
    await watch(at("18:04"));
    await watch(at("18:05"));
    expect((await handoffState(evening, dialogId)).status).toBe("none");
    const notices = await noticesOf(day, dialogId);
    expect(notices.filter((text) => text.includes("working hours ended"))).toHaveLength(1);
    expect(await takeContact(evening, { dialogId, text: CONTACT })).toBe(true);
  });

  it("keeps the place where waits never expire, and says so once", async () => {
    const { day } = await given();
    await givenLadder(day, { expiresAfterMinutes: 0 });
    const evening = on(day, at("17:58"));
    const { dialogId } = await givenWaiting(evening);
    await watch(at("18:10"));
    await watch(at("19:10"));
    expect((await handoffState(evening, dialogId)).status).toBe("requested");
    const notices = await noticesOf(day, dialogId);
    expect(notices.filter((text) => text.includes("place in the queue is kept"))).toHaveLength(1);
  });

  it("stops the clock of the promise: a wait from Friday is escalated by working minutes of Monday", async () => {
    const { day } = await given();
    await givenLadder(day, { expiresAfterMinutes: 0 });
    const { dialogId } = await givenWaiting(on(day, at("17:58", "2026-11-27")));
    const rungOn = async (now: Date) => {
      await watch(now);
      return (await auditOf(dialogId)).length;
    };
    expect(await rungOn(at("08:59", "2026-11-30"))).toBe(0);
    expect(await rungOn(at("09:02", "2026-11-30"))).toBe(0);
    expect(await rungOn(at("09:03", "2026-11-30"))).toBe(1);
  });
});

async function auditOf(dialogId: string): Promise<string[]> {
  const { auditedOperations } = await import("@/modules/audit/testing");
  return (await auditedOperations(db, dialogId)).filter((name) => name === "handoff.escalated");
}

it("a visitor who goes on writing stays with the assistant", async () => {
  const { ctx } = await given();
  const { dialogId, assistantId, visitorKey } = await givenDialog(ctx);
  await requestHandoff(ctx, { dialogId });
  const message = { assistantId, channel: "api", visitorKey, clientId: newId(), text: "And delivery?" } as const;
  expect((await receiveMessage(ctx, message)).dialogId).toBe(dialogId);
});
