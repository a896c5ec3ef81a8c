import { and, eq, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { DraftKind } from "@/db/enums";
import { replyDrafts } from "@/db/schema/replies";
import type { WorkspaceId } from "@/lib/brand";

type Owner = { dialogId: string; userId: string };

/** With the revisions of drafts that were sent, which the next words have to pass. */
export async function listDraftRows(db: Db, workspaceId: WorkspaceId, { dialogId, userId }: Owner) {
  return db
    .select({ kind: replyDrafts.kind, text: replyDrafts.text, revision: replyDrafts.revision })
    .from(replyDrafts)
    .where(
      and(eq(replyDrafts.workspaceId, workspaceId), eq(replyDrafts.dialogId, dialogId), eq(replyDrafts.userId, userId)),
    );
}

type NewDraft = Owner & { kind: DraftKind; text: string; revision: number; now: Date };

/** Keeps the words of the highest revision. False when what is there is as new or newer. */
export async function upsertDraft(db: Db, workspaceId: WorkspaceId, { now, ...draft }: NewDraft): Promise<boolean> {
  const rows = await db
    .insert(replyDrafts)
    .values({ ...draft, workspaceId, updatedAt: now })
    .onConflictDoUpdate({
      target: [replyDrafts.dialogId, replyDrafts.userId, replyDrafts.kind],
      set: { text: draft.text, revision: draft.revision, updatedAt: now },
      setWhere: and(eq(replyDrafts.workspaceId, workspaceId), lt(replyDrafts.revision, sql`excluded.revision`)),
    })
    .returning({ kind: replyDrafts.kind });
  return rows.length > 0;
}
