import { and, desc, eq, gt, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { dialogs } from "@/db/schema/dialogs";
import { generations } from "@/db/schema/generations";
import type { WorkspaceId } from "@/lib/brand";

const ofTurn = (workspaceId: WorkspaceId, generationId: string) =>
  and(eq(generations.workspaceId, workspaceId), eq(generations.id, generationId));

/** Keeps what a turn has written so far. */
export async function writeDraft(db: Db, workspaceId: WorkspaceId, generationId: string, draft: string): Promise<void> {
  await db.update(generations).set({ draft }).where(ofTurn(workspaceId, generationId));
}

export async function hasDialog(db: Db, workspaceId: WorkspaceId, dialogId: string): Promise<boolean> {
  const rows = await db
    .select({ id: dialogs.id })
    .from(dialogs)
    .where(and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, dialogId)));
  return rows.length > 0;
}

/** The turns of a dialog that run, begun after `since`, and those that were stopped with words, newest first. */
export async function listWritten(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  { since, limit }: { since: Date; limit: number },
) {
  return db
    .select({
      id: generations.id,
      state: generations.state,
      text: generations.draft,
      startedAt: generations.startedAt,
      finishedAt: generations.finishedAt,
    })
    .from(generations)
    .where(
      and(
        eq(generations.workspaceId, workspaceId),
        eq(generations.dialogId, dialogId),
        or(
          and(eq(generations.state, "running"), gt(generations.startedAt, since)),
          sql`${generations.state} = 'discarded' and ${generations.draft} <> ''`,
        ),
      ),
    )
    .orderBy(desc(generations.startedAt), desc(generations.id))
    .limit(limit);
}
