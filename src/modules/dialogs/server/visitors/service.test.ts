import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { messages, visitorProfiles } from "@/db/schema/dialogs";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { auditedOperations } from "@/modules/audit/testing";
import { addTeamNote } from "@/modules/dialogs/server/notes";
import { rateDialog } from "@/modules/dialogs/server/ratings";
import { receiveMessage } from "@/modules/dialogs/server/receive";
import { closeDialog, getDialog } from "@/modules/dialogs/server/service";
import { queueEmail } from "@/modules/email/server/service";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { getHoldings, removeVisitor } from "./service";

const db = testDb();
const notFound = expect.objectContaining({ code: "NOT_FOUND" });

async function given() {
  const { ctx } = await givenWorkspace(db);
  const { id: assistantId } = await givenAssistant(ctx);
  const write = (visitorKey: string, more: object = {}) =>
    receiveMessage(ctx, {
      assistantId,
      channel: "telegram",
      visitorKey,
      clientId: newId(),
      text: "My secret",
      ...more,
    });
  const { dialogId } = await write("tg:77:5:5", { visitorName: "Maria" });
  return { ctx, dialogId, write };
}

const count = async (table: string, dialogId: string) => {
  const rows = await db.execute(sql`select 1 from ${sql.identifier(table)} where dialog_id = ${dialogId}::uuid`);
  return rows.length;
};

async function waitingJobs(name: string, needle: string): Promise<number> {
  const rows = await db.execute(sql`
    select 1 from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = ${name} and strpos(j.payload::text, ${needle}) > 0`);
  return rows.length;
}

describe("removing a visitor", () => {
  it("takes all dialogs of the person with messages, notes, ratings, files, letters and the given name", async () => {
    const { ctx, dialogId, write } = await given();
    await closeDialog(ctx, { dialogId });
    const other = await write("tg:77:-100:5:3");
    const kept = await write("tg:77:6:6");
    await addTeamNote(ctx, { dialogId, id: newId(), text: "Lives in Kazan" });
    await rateDialog(ctx, { dialogId, stars: 5 });
    const storageKey = newId();
    const file = {
      workspaceId: ctx.workspaceId,
      dialogId,
      seq: 2,
      author: "operator",
      text: "",
      clientId: newId(),
    } as const;
    await db.insert(messages).values({ ...file, attachment: { kind: "document", storageKey } });
    const profile = {
      workspaceId: ctx.workspaceId,
      channel: "telegram",
      visitorKey: "tg:77:5:5",
      name: "Masha",
    } as const;
    await db.insert(visitorProfiles).values(profile);
    const letter = { visitorName: "Maria", assistantName: "", minutes: "1", excerpt: "My secret" };
    const payload = { ...letter, reason: "keyword" as const, url: `http://localhost/w/a/dialogs/${dialogId}` };
    const mail = { kind: "handoff-waiting", to: "a@example.com", locale: "en", payload } as const;
    await queueEmail(ctx, { ...mail, dedupeKey: newId(), workspaceId: ctx.workspaceId });

    expect(await getHoldings(ctx, { dialogId })).toEqual({
      visitorName: "Maria",
      dialogCount: 2,
      messageCount: 3,
      noteCount: 1,
      fileCount: 1,
    });
    expect(await removeVisitor(ctx, { dialogId })).toEqual({ dialogCount: 2, messageCount: 3 });

    for (const table of ["messages", "dialog_notes", "dialog_ratings"]) expect(await count(table, dialogId)).toBe(0);
    expect(await count("messages", other.dialogId)).toBe(0);
    await expect(getDialog(ctx, { id: dialogId })).rejects.toEqual(notFound);
    expect((await getDialog(ctx, { id: kept.dialogId })).messageCount).toBe(1);
    expect(await db.execute(sql`select 1 from visitor_profiles where workspace_id = ${ctx.workspaceId}::uuid`)).toEqual(
      [],
    );
    expect(await db.execute(sql`select 1 from emails where payload::text like ${`%${dialogId}%`}`)).toEqual([]);
    expect(await waitingJobs("knowledge.remove-file", storageKey)).toBe(1);
    expect(await waitingJobs("dialogs.visitor-removed", ctx.workspaceId)).toBe(1);
    expect(await auditedOperations(db, dialogId)).toContain("visitors.removed");
  });

  it("by two people at once happens once", async () => {
    const { ctx, dialogId } = await given();
    const both = await Promise.allSettled([removeVisitor(ctx, { dialogId }), removeVisitor(ctx, { dialogId })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const operations = await auditedOperations(db, dialogId);
    expect(operations.filter((name) => name === "visitors.removed")).toHaveLength(1);
  });

  it("keeps what was paid, without a word of the talk", async () => {
    const { ctx, dialogId } = await given();
    const before = await db.execute(
      sql`select count(*) from ledger_transactions where workspace_id = ${ctx.workspaceId}::uuid`,
    );
    await removeVisitor(ctx, { dialogId });
    const after = await db.execute(
      sql`select count(*) from ledger_transactions where workspace_id = ${ctx.workspaceId}::uuid`,
    );
    expect(after).toEqual(before);
  });

  it("lets the person begin anew", async () => {
    const { ctx, dialogId, write } = await given();
    await removeVisitor(ctx, { dialogId });
    const again = await write("tg:77:5:5");
    expect(again.dialogId).not.toBe(dialogId);
    expect((await getDialog(ctx, { id: again.dialogId })).messageCount).toBe(1);
  });

  it("of another workspace is NOT_FOUND and removes nothing, though it is the same person", async () => {
    const { ctx, dialogId } = await given();
    const stranger = await given();
    await expect(removeVisitor(stranger.ctx, { dialogId })).rejects.toEqual(notFound);
    await expect(getHoldings(stranger.ctx, { dialogId })).rejects.toEqual(notFound);
    await removeVisitor(stranger.ctx, { dialogId: stranger.dialogId });
    expect((await getDialog(ctx, { id: dialogId })).visitorName).toBe("Maria");
  });
});
