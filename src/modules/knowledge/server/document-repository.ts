import { and, asc, count, desc, eq, gte, inArray, lt, ne, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { DocumentStatus } from "@/db/enums";
import { documents, knowledgeChunks } from "@/db/schema/knowledge";
import type { WorkspaceId } from "@/lib/brand";
import type { StageDetail } from "../contract";
import { INGESTION_FAILURES } from "../limits";

const documentColumns = {
  id: documents.id,
  assistantId: documents.assistantId,
  kind: documents.kind,
  name: documents.name,
  mimeType: documents.mimeType,
  sizeBytes: documents.sizeBytes,
  status: documents.status,
  progress: documents.progress,
  stage: documents.stageDetail,
  errorCode: documents.errorCode,
  language: documents.language,
  pageCount: documents.pageCount,
  chunkCount: documents.chunkCount,
  createdAt: documents.createdAt,
  updatedAt: documents.updatedAt,
};

/** States in which a job is, or should be, at work. */
export const WORKING = ["queued", "extracting", "chunking", "embedding"] as const satisfies DocumentStatus[];

const own = (workspaceId: WorkspaceId, id: string) => and(eq(documents.id, id), eq(documents.workspaceId, workspaceId));

export async function insertDocument(db: Db, row: typeof documents.$inferInsert & { workspaceId: WorkspaceId }) {
  const [created] = await db.insert(documents).values(row).returning(documentColumns);
  if (created === undefined) throw new Error("An insert returned no row.");
  return toItem(created);
}

export async function findDocument(db: Db, workspaceId: WorkspaceId, id: string) {
  const [row] = await db.select(documentColumns).from(documents).where(own(workspaceId, id));
  return row === undefined ? null : toItem(row);
}

export async function findDocumentText(db: Db, workspaceId: WorkspaceId, id: string) {
  const [row] = await db
    .select({
      name: documents.name,
      text: documents.text,
      storageKey: documents.storageKey,
      mimeType: documents.mimeType,
    })
    .from(documents)
    .where(own(workspaceId, id));
  return row ?? null;
}

/** Newest first, as ids are ordered by time; one row more than asked for tells that there is another page. */
export async function listDocuments(
  db: Db,
  workspaceId: WorkspaceId,
  page: { assistantId: string; before: string | null; limit: number },
) {
  const { before } = page;
  const rows = await db
    .select(documentColumns)
    .from(documents)
    .where(
      and(
        eq(documents.workspaceId, workspaceId),
        eq(documents.assistantId, page.assistantId),
        before === null ? undefined : lt(documents.id, before),
      ),
    )
    .orderBy(desc(documents.id))
    .limit(page.limit + 1);
  return rows.map(toItem);
}

export async function countDocuments(db: Db, workspaceId: WorkspaceId): Promise<number> {
  const [row] = await db.select({ count: count() }).from(documents).where(eq(documents.workspaceId, workspaceId));
  return row?.count ?? 0;
}

/** Lets one upload of a workspace at a time pass from counting to inserting. Held until the transaction ends. */
export async function lockQuota(db: Db, workspaceId: WorkspaceId): Promise<void> {
  await db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`knowledge.documents:${workspaceId}`}::text, 0))`,
  );
}

/** The oldest document with this content that is of any use; a failed one does not stand in the way of another try. */
export async function findByHash(db: Db, workspaceId: WorkspaceId, assistantId: string, contentHash: string) {
  const [row] = await db
    .select({ id: documents.id, name: documents.name })
    .from(documents)
    .where(
      and(
        eq(documents.workspaceId, workspaceId),
        eq(documents.assistantId, assistantId),
        eq(documents.contentHash, contentHash),
        ne(documents.status, "failed"),
      ),
    )
    .orderBy(asc(documents.createdAt))
    .limit(1);
  return row ?? null;
}

/** Takes the row out; its passages and index rows go with it. */
export async function deleteDocument(db: Db, workspaceId: WorkspaceId, id: string) {
  const [row] = await db.delete(documents).where(own(workspaceId, id)).returning({
    assistantId: documents.assistantId,
    storageKey: documents.storageKey,
    chargeId: documents.chargeId,
  });
  return row ?? null;
}

/** failed → queued, for one caller only, with the hold that pays for this try and its own count of runs. */
export async function requeueFailed(db: Db, workspaceId: WorkspaceId, id: string, chargeId: string) {
  const [row] = await db
    .update(documents)
    .set({ status: "queued", progress: 0, stageDetail: {}, errorCode: null, attempts: 0, chargeId })
    .where(and(own(workspaceId, id), eq(documents.status, "failed")))
    .returning(documentColumns);
  return row === undefined ? null : toItem(row);
}

export async function listPassages(
  db: Db,
  workspaceId: WorkspaceId,
  page: { documentId: string; from: number; limit: number },
) {
  return db
    .select({
      id: knowledgeChunks.id,
      ordinal: knowledgeChunks.ordinal,
      heading: knowledgeChunks.heading,
      text: knowledgeChunks.text,
      page: knowledgeChunks.page,
    })
    .from(knowledgeChunks)
    .where(
      and(
        eq(knowledgeChunks.workspaceId, workspaceId),
        eq(knowledgeChunks.documentId, page.documentId),
        gte(knowledgeChunks.ordinal, page.from),
      ),
    )
    .orderBy(asc(knowledgeChunks.ordinal))
    .limit(page.limit + 1);
}

/** Documents whose job fell silent, or never came, oldest first: a killed worker leaves them behind. */
export async function listStalled(db: Db, since: { silent: Date; waiting: Date }) {
  return db
    .select({ id: documents.id })
    .from(documents)
    .where(
      or(
        and(
          inArray(
            documents.status,
            WORKING.filter((status) => status !== "queued"),
          ),
          lt(documents.updatedAt, since.silent),
        ),
        and(eq(documents.status, "queued"), lt(documents.updatedAt, since.waiting)),
      ),
    )
    .orderBy(asc(documents.updatedAt))
    .limit(100);
}

function toItem({
  errorCode,
  stage,
  ...row
}: { errorCode: string | null; stage: StageDetail } & Omit<
  typeof documents.$inferSelect,
  | "errorCode"
  | "stageDetail"
  | "workspaceId"
  | "contentHash"
  | "storageKey"
  | "attempts"
  | "chargeId"
  | "termCount"
  | "text"
  | "createdBy"
  | "readyAt"
>) {
  const error = errorCode === null ? null : (INGESTION_FAILURES.find((reason) => reason === errorCode) ?? "internal");
  return { ...row, stage, error };
}
