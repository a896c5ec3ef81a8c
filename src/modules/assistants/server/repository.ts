import { and, count, desc, eq, isNull, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { assistants } from "@/db/schema/assistants";
import { dialogs } from "@/db/schema/dialogs";
import { documents, knowledgeTerms, qaEntries } from "@/db/schema/knowledge";
import { workspaces } from "@/db/schema/workspaces";
import type { WorkspaceId } from "@/lib/brand";
import type { Assistant, AssistantCard } from "@/modules/assistants/contract";

/** What of an assistant may leave the server. */
const assistantColumns = {
  id: assistants.id,
  name: assistants.name,
  instructions: assistants.instructions,
  model: assistants.model,
  tone: assistants.tone,
  language: assistants.language,
  greeting: assistants.greeting,
  starters: assistants.starters,
  noAnswerPolicy: assistants.noAnswerPolicy,
  handoffTriggers: assistants.handoffTriggers,
  saysHandoffWords: assistants.saysHandoffWords,
  showSources: assistants.showSources,
  asksForThumbs: assistants.asksForThumbs,
  isActive: assistants.isActive,
  version: assistants.knowledgeVersion,
  createdAt: assistants.createdAt,
  updatedAt: assistants.updatedAt,
};

type Fields = Partial<Omit<Assistant, "id" | "version" | "createdAt" | "updatedAt">>;

const live = (workspaceId: WorkspaceId, id: string) =>
  and(eq(assistants.id, id), eq(assistants.workspaceId, workspaceId), isNull(assistants.deletedAt));

export async function findAssistant(db: Db, workspaceId: WorkspaceId, id: string): Promise<Assistant | undefined> {
  const [row] = await db.select(assistantColumns).from(assistants).where(live(workspaceId, id));
  return row;
}

/** Holds the tenant until the transaction ends, so that two creations are counted one after the other. */
export async function lockAndCountAssistants(db: Db, workspaceId: WorkspaceId): Promise<number> {
  await db.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspaceId)).for("update");
  const [row] = await db
    .select({ total: count() })
    .from(assistants)
    .where(and(eq(assistants.workspaceId, workspaceId), isNull(assistants.deletedAt)));
  return row?.total ?? 0;
}

export async function insertAssistant(
  db: Db,
  workspaceId: WorkspaceId,
  fields: Fields & { name: string },
): Promise<Assistant> {
  const [row] = await db
    .insert(assistants)
    .values({ ...fields, workspaceId })
    .returning(assistantColumns);
  if (!row) throw new Error("The insert returned no row.");
  return row;
}

/** Writes the fields and raises the version; nothing when the assistant is gone or `version` is no longer the current one. */
export async function updateAssistantFields(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  fields: Fields,
  version?: number,
): Promise<Assistant | undefined> {
  const isCurrent = version === undefined ? undefined : eq(assistants.knowledgeVersion, version);
  const [row] = await db
    .update(assistants)
    .set({ ...fields, knowledgeVersion: sql`${assistants.knowledgeVersion} + 1` })
    .where(and(live(workspaceId, id), isCurrent))
    .returning(assistantColumns);
  return row;
}

export async function markDeleted(db: Db, workspaceId: WorkspaceId, id: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(assistants)
    .set({ deletedAt: now, isActive: false, knowledgeVersion: sql`${assistants.knowledgeVersion} + 1` })
    .where(live(workspaceId, id))
    .returning({ id: assistants.id });
  return rows.length > 0;
}

/** The assistants of a workspace that are not removed. */
export async function listLiveIds(db: Db, workspaceId: WorkspaceId): Promise<string[]> {
  const rows = await db
    .select({ id: assistants.id })
    .from(assistants)
    .where(and(eq(assistants.workspaceId, workspaceId), isNull(assistants.deletedAt)));
  return rows.map(({ id }) => id);
}

/** Cards, newest first, with their counts in the same query. */
export async function listCards(
  db: Db,
  workspaceId: WorkspaceId,
  page: { before?: string; limit: number; since: Date },
): Promise<AssistantCard[]> {
  // Drizzle leaves the table's name off in a select of one table, where the subquery's own `id` would be meant.
  const documentTotal = sql`(select count(*)::int from documents d where d.assistant_id = assistants.id)`;
  const failed = sql`(select count(*)::int from documents d where d.assistant_id = assistants.id and d.status = 'failed')`;
  const dialogTotal = sql`(select count(*)::int from dialogs d where d.assistant_id = assistants.id and d.channel <> 'preview'
    and d.created_at >= ${page.since.toISOString()}::timestamptz)`;
  const botList = sql`(select coalesce(json_agg(json_build_object('username', b.username, 'status', b.status) order by b.created_at), '[]'::json)
    from bots b where b.assistant_id = assistants.id and (b.is_active or b.paused_at is not null))`;
  return db
    .select({
      id: assistants.id,
      name: assistants.name,
      isActive: assistants.isActive,
      model: assistants.model,
      createdAt: assistants.createdAt,
      documentCount: documentTotal.mapWith(Number),
      failedDocumentCount: failed.mapWith(Number),
      recentDialogCount: dialogTotal.mapWith(Number),
      bots: sql<AssistantCard["bots"]>`${botList}`,
    })
    .from(assistants)
    .where(
      and(
        eq(assistants.workspaceId, workspaceId),
        isNull(assistants.deletedAt),
        page.before === undefined ? undefined : lt(assistants.id, page.before),
      ),
    )
    .orderBy(desc(assistants.id))
    .limit(page.limit);
}

type Tenant = { workspaceId: WorkspaceId; assistantId: string };

/** Ends the open dialogs of an assistant; a running answer does not leave any more. */
export async function closeDialogsOf(db: Db, { workspaceId, assistantId }: Tenant, now: Date): Promise<void> {
  await db
    .update(dialogs)
    .set({ status: "ended", endedAt: now, epoch: sql`${dialogs.epoch} + 1` })
    .where(and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.assistantId, assistantId), eq(dialogs.status, "open")));
}

/** Deletes all knowledge of an assistant and tells what its documents leave behind: stored files, and money on hold. */
export async function deleteKnowledgeOf(
  db: Db,
  { workspaceId, assistantId }: Tenant,
): Promise<{ storageKey: string | null; chargeId: string | null }[]> {
  const removed = await db
    .delete(documents)
    .where(and(eq(documents.workspaceId, workspaceId), eq(documents.assistantId, assistantId)))
    .returning({ storageKey: documents.storageKey, chargeId: documents.chargeId });
  await db.delete(qaEntries).where(and(eq(qaEntries.workspaceId, workspaceId), eq(qaEntries.assistantId, assistantId)));
  await db
    .delete(knowledgeTerms)
    .where(and(eq(knowledgeTerms.workspaceId, workspaceId), eq(knowledgeTerms.assistantId, assistantId)));
  return removed;
}
