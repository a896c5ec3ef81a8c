import { and, desc, eq, ilike, lt, or } from "drizzle-orm";
import type { Db } from "@/db/client";
import { qaEntries } from "@/db/schema/knowledge";
import type { WorkspaceId } from "@/lib/brand";

const qaColumns = {
  id: qaEntries.id,
  assistantId: qaEntries.assistantId,
  question: qaEntries.question,
  answer: qaEntries.answer,
  createdAt: qaEntries.createdAt,
  updatedAt: qaEntries.updatedAt,
};

type Words = { question: string; answer: string; termCount: number };

const own = (workspaceId: WorkspaceId, id: string) => and(eq(qaEntries.id, id), eq(qaEntries.workspaceId, workspaceId));

export async function insertQa(db: Db, row: Words & { workspaceId: WorkspaceId; assistantId: string }) {
  const [created] = await db.insert(qaEntries).values(row).returning(qaColumns);
  if (created === undefined) throw new Error("An insert returned no row.");
  return created;
}

export async function updateQa(db: Db, workspaceId: WorkspaceId, id: string, fields: Words) {
  const [row] = await db.update(qaEntries).set(fields).where(own(workspaceId, id)).returning(qaColumns);
  return row ?? null;
}

export async function deleteQa(db: Db, workspaceId: WorkspaceId, id: string) {
  const [row] = await db
    .delete(qaEntries)
    .where(own(workspaceId, id))
    .returning({ assistantId: qaEntries.assistantId });
  return row ?? null;
}

/** Newest first, as ids are ordered by time; one row more than asked for tells that there is another page. */
export async function listQa(
  db: Db,
  workspaceId: WorkspaceId,
  page: { assistantId: string; search: string; before: string | null; limit: number },
) {
  const { before } = page;
  const pattern = `%${page.search.replace(/[\\%_]/g, "\\$&")}%`;
  return db
    .select(qaColumns)
    .from(qaEntries)
    .where(
      and(
        eq(qaEntries.workspaceId, workspaceId),
        eq(qaEntries.assistantId, page.assistantId),
        page.search === "" ? undefined : or(ilike(qaEntries.question, pattern), ilike(qaEntries.answer, pattern)),
        before === null ? undefined : lt(qaEntries.id, before),
      ),
    )
    .orderBy(desc(qaEntries.id))
    .limit(page.limit + 1);
}
