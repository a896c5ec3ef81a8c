import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { messages } from "@/db/schema/dialogs";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { WorkspaceCtx } from "@/server/context";
import { rateAnswer, rateDialog } from "./ratings";
import { receiveMessage } from "./receive";
import { listDialogs } from "./list/service";
import { getDialog, listMessages } from "./service";
import { writeMessage } from "./writing";

const db = testDb();
const notFound = expect.objectContaining({ code: "NOT_FOUND" });

async function given() {
  const { ctx } = await givenWorkspace(db);
  const { id: assistantId } = await givenAssistant(ctx);
  const visitorKey = newId();
  const at = { channel: "api" as const, visitorKey, clientId: newId() };
  const { dialogId, messageId: questionId } = await receiveMessage(ctx, { assistantId, ...at, text: "How much?" });
  const answerId = newId();
  const answer = { id: answerId, workspaceId: ctx.workspaceId, dialogId, seq: 2, author: "assistant", text: "Five." };
  await db.insert(messages).values({ ...answer, author: "assistant", clientId: newId() });
  await db.execute(sql`update dialogs set message_seq = 2 where id = ${dialogId}::uuid`);
  const visitor: WorkspaceCtx = { ...ctx, actor: { kind: "visitor", visitorKey } };
  const shown = async (reader: WorkspaceCtx = ctx) =>
    (await listMessages(reader, { dialogId, limit: 50 })).items.find(({ id }) => id === answerId);
  const complaints = async () => {
    const rows = await db.execute(sql`
      select 1 from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'dialogs.answer-disliked' and j.payload ->> 'messageId' = ${answerId}`);
    return rows.length;
  };
  return { ctx, visitor, dialogId, questionId, answerId, shown, complaints };
}

describe("a thumb under an answer", () => {
  it("is one per visitor, can be changed and taken back, and keeps its words", async () => {
    const { ctx, visitor, answerId: messageId, shown } = await given();
    await rateAnswer(visitor, { messageId, thumb: "down", comment: "Old price" });
    expect((await shown())?.visitorThumb).toEqual({ thumb: "down", comment: "Old price" });
    expect((await listDialogs(ctx, { limit: 1 })).items[0]?.thumbs).toEqual({ up: 0, down: 1 });
    await rateAnswer(visitor, { messageId, thumb: "up" });
    expect((await shown())?.visitorThumb).toEqual({ thumb: "up", comment: "Old price" });
    expect((await listDialogs(ctx, { limit: 1 })).items[0]?.thumbs).toEqual({ up: 1, down: 0 });
    await rateAnswer(visitor, { messageId, thumb: null });
    expect((await shown())?.visitorThumb).toBeNull();
  });

  it("of the team stands apart from the visitor's, one of each person", async () => {
    const { ctx, visitor, answerId: messageId, shown } = await given();
    const { ctx: ben } = await givenMember(db, ctx.workspaceId);
    await rateAnswer(visitor, { messageId, thumb: "up" });
    await rateAnswer(ben, { messageId, thumb: "down" });
    expect(await shown(ben)).toMatchObject({ visitorThumb: { thumb: "up" }, ownThumb: { thumb: "down" } });
    expect(await shown(ctx)).toMatchObject({ visitorThumb: { thumb: "up" }, ownThumb: null });
  });

  it("down is reported once, and again only after it was up meanwhile", async () => {
    const { ctx, visitor, answerId: messageId, complaints } = await given();
    await rateAnswer(ctx, { messageId, thumb: "down" });
    expect(await complaints()).toBe(0);
    await Promise.all([1, 2, 3].map(() => rateAnswer(visitor, { messageId, thumb: "down" })));
    expect(await complaints()).toBe(1);
    await rateAnswer(visitor, { messageId, thumb: "up" });
    await rateAnswer(visitor, { messageId, thumb: "down" });
    expect(await complaints()).toBe(2);
  });

  it("is for answers only, and for those of the own workspace", async () => {
    const { ctx, visitor, questionId, answerId, shown } = await given();
    await expect(rateAnswer(visitor, { messageId: questionId, thumb: "up" })).rejects.toEqual(notFound);
    const { ctx: stranger } = await givenWorkspace(db);
    await expect(rateAnswer(stranger, { messageId: answerId, thumb: "up" })).rejects.toEqual(notFound);
    const nobody: WorkspaceCtx = { ...ctx, actor: { kind: "anonymous" } };
    await expect(rateAnswer(nobody, { messageId: answerId, thumb: "up" })).rejects.toEqual(notFound);
    const long = rateAnswer(visitor, { messageId: answerId, thumb: "up", comment: "x".repeat(1_001) });
    await expect(long).rejects.toThrow();
    expect(await shown()).toMatchObject({ visitorThumb: null, ownThumb: null });
  });
});

describe("the stars of a dialog", () => {
  it("are about whoever spoke last: the assistant, or the person who answered", async () => {
    const { ctx, visitor, dialogId } = await given();
    const partOf = async () => {
      const [row] = await db.execute(sql`select part, user_id from dialog_ratings where dialog_id = ${dialogId}::uuid`);
      return row;
    };
    await rateDialog(visitor, { dialogId, stars: 2, comment: "Slow" });
    expect(await partOf()).toEqual({ part: "assistant", user_id: null });
    const { ctx: ben, user } = await givenMember(db, ctx.workspaceId);
    await writeMessage(ben, { dialogId, author: "operator", userId: user.id, clientId: newId(), text: "I will look" });
    await rateDialog(visitor, { dialogId, stars: 5 });
    expect(await partOf()).toEqual({ part: "operator", user_id: user.id });
    expect((await getDialog(ctx, { id: dialogId })).rating).toBe(5);
  });
});
