import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { rateDialog } from "@/modules/dialogs/server/ratings";
import { listDialogs } from "@/modules/dialogs/server/list/service";
import { closeDialog } from "@/modules/dialogs/server/service";
import { numbersInput } from "@/modules/handoff/numbers/contract";
import { givenDialog, givenWaiting } from "@/modules/handoff/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import { releaseDialog, takeDialog } from "../holding";
import { replyToVisitor } from "../reply";
import { getOwnNumbers, listTeamNumbers } from "./service";

const db = testDb();
const START = new Date("2025-11-12T10:00:00Z");
const month = numbersInput.parse({ period: "custom", from: "2025-11-01", to: "2025-11-30" });
const at = <C extends MemberCtx>(ctx: C, seconds: number): C => ({
  ...ctx,
  now: () => new Date(START.getTime() + seconds * 1_000),
});
const reply = (ctx: MemberCtx, dialogId: string, more: object = {}) =>
  replyToVisitor(ctx, { dialogId, id: newId(), text: "I will look", ...more });

async function given() {
  const { ctx } = await givenWorkspace(db, { user: { name: "Olga" } });
  const { ctx: ben } = await givenMember(db, ctx.workspaceId, { user: { name: "Ben" } });
  const { ctx: ann } = await givenMember(db, ctx.workspaceId, { user: { name: "Ann" } });
  /** A dialog that waits from the start and gets the first words of Ben after so many seconds. */
  const answered = async (afterSeconds: number) => {
    const { dialogId } = await givenWaiting(at(ctx, 0));
    await takeDialog(at(ben, 1), { dialogId });
    await reply(at(ben, afterSeconds), dialogId);
    return dialogId;
  };
  return { ctx, ben, ann, answered };
}

describe("an operator's own numbers", () => {
  it("count dialogs, replies, waits, ratings of the own part and what was closed", async () => {
    const { ctx, ben, ann, answered } = await given();
    const [first, second] = [await answered(60), await answered(180)];
    await reply(at(ben, 200), first);
    await rateDialog(at(ctx, 300), { dialogId: first, stars: 5 });
    await closeDialog(at(ben, 400), { dialogId: first, resolution: "solved" });
    await closeDialog(at(ben, 400), { dialogId: second });
    expect(await getOwnNumbers(at(ben, 500), month)).toMatchObject({
      name: "Ben",
      handled: 2,
      replies: 3,
      firstReplies: 2,
      medianMs: 120_000,
      p90Ms: 168_000,
      rated: 1,
      averageStars: 5,
      closed: 2,
      solved: 1,
    });
    expect(await getOwnNumbers(at(ann, 500), month)).toMatchObject({ handled: 0, medianMs: null, averageStars: null });
  });

  it("know no wait where nobody had asked for a person", async () => {
    const { ctx, ben } = await given();
    const { dialogId } = await givenDialog(at(ctx, 0));
    await reply(at(ben, 30), dialogId, { takeOver: true });
    expect(await getOwnNumbers(at(ben, 60), month)).toMatchObject({ handled: 1, firstReplies: 0, medianMs: null });
  });

  it("give the first reply to who wrote it, and the rating to who spoke last", async () => {
    const { ctx, ben, ann, answered } = await given();
    const dialogId = await answered(60);
    await releaseDialog(at(ben, 90), { dialogId });
    await takeDialog(at(ann, 100), { dialogId });
    await reply(at(ann, 110), dialogId);
    await rateDialog(at(ctx, 120), { dialogId, stars: 2 });
    const { items } = await listTeamNumbers(at(ctx, 200), month);
    expect(items.map(({ name, handled, firstReplies, rated }) => [name, handled, firstReplies, rated])).toEqual([
      ["Ann", 1, 0, 1],
      ["Ben", 1, 1, 0],
      ["Olga", 0, 0, 0],
    ]);
    const [item] = (await listDialogs(ctx, { limit: 1 })).items;
    expect(item?.firstReply.personMs).toBe(60_000);
  });

  it("begin and end with the days of the workspace's clock", async () => {
    const { ben, answered } = await given();
    await answered(60);
    const on = (day: string) => getOwnNumbers(ben, numbersInput.parse({ period: "custom", from: day, to: day }));
    expect((await on("2025-11-12")).handled).toBe(1);
    expect((await on("2025-11-11")).handled).toBe(0);
    expect((await getOwnNumbers(at(ben, 20 * 24 * 3_600), numbersInput.parse({}))).handled).toBe(0);
  });

  it("know nothing of another workspace", async () => {
    const { answered } = await given();
    await answered(60);
    const { ctx: stranger } = await givenWorkspace(db);
    const { items } = await listTeamNumbers(stranger, month);
    expect(items.map(({ handled }) => handled)).toEqual([0]);
  });
});
