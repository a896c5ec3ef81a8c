import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { DocumentStatus } from "@/db/enums";
import { documents } from "@/db/schema/knowledge";
import type { WorkspaceId } from "@/lib/brand";
import type { StageDetail } from "../../contract";
import type { IngestionFailure } from "../../limits";
import { WORKING } from "../document-repository";

/** The right of one run to write; a later run of the same document takes it away. Runs are counted anew with each hold. */
export type Claim = { documentId: string; attempt: number; chargeId: string | null };

/** Starts a run: of two at once the later wins, and whatever the earlier writes afterwards changes nothing. */
export async function claimDocument(db: Db, documentId: string) {
  const [row] = await db
    .update(documents)
    .set({
      status: "extracting",
      attempts: sql`${documents.attempts} + 1`,
      progress: 5,
      stageDetail: {},
      errorCode: null,
    })
    .where(and(eq(documents.id, documentId), inArray(documents.status, [...WORKING])))
    .returning({
      workspaceId: documents.workspaceId,
      assistantId: documents.assistantId,
      attempt: documents.attempts,
      kind: documents.kind,
      name: documents.name,
      mimeType: documents.mimeType,
      storageKey: documents.storageKey,
      text: documents.text,
      chargeId: documents.chargeId,
    });
  // The tenant of a row that this process was told to work on is where a job gets its WorkspaceId.
  return row === undefined ? null : { ...row, workspaceId: row.workspaceId as WorkspaceId };
}

/** Compare-and-set on the claim: false when another run, or a deletion, has taken the document away. */
export async function writeProgress(
  db: Db,
  claim: Claim,
  progress: { status: DocumentStatus; progress: number; stage: StageDetail },
): Promise<boolean> {
  const { status, stage } = progress;
  return writeClaimed(db, claim, { status, progress: progress.progress, stageDetail: { ...stage } });
}

/** Shows that the run is alive. */
export async function touchClaimed(db: Db, claim: Claim): Promise<boolean> {
  return writeClaimed(db, claim, {});
}

export async function writeReady(
  db: Db,
  claim: Claim,
  facts: {
    text: string;
    language: string | null;
    pageCount: number | null;
    chunkCount: number;
    termCount: number;
    readyAt: Date;
  },
): Promise<boolean> {
  return writeClaimed(db, claim, { ...facts, status: "ready", progress: 100, stageDetail: {}, errorCode: null });
}

export async function writeFailed(db: Db, claim: Claim, reason: IngestionFailure): Promise<boolean> {
  return writeClaimed(db, claim, { status: "failed", errorCode: reason, stageDetail: {}, chunkCount: 0, termCount: 0 });
}

/** Back to the queue, for a run that could not finish and will be repeated. */
export async function writeQueued(db: Db, claim: Claim): Promise<boolean> {
  return writeClaimed(db, claim, { status: "queued", progress: 0, stageDetail: {} });
}

async function writeClaimed(db: Db, claim: Claim, fields: Partial<typeof documents.$inferInsert>): Promise<boolean> {
  const rows = await db
    .update(documents)
    .set({ ...fields, updatedAt: new Date() })
    .where(
      and(
        eq(documents.id, claim.documentId),
        eq(documents.attempts, claim.attempt),
        sql`${documents.chargeId} is not distinct from ${claim.chargeId}::uuid`,
        inArray(documents.status, [...WORKING]),
      ),
    )
    .returning({ id: documents.id });
  return rows.length > 0;
}
