import { and, asc, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { savedReplies } from "@/db/schema/replies";
import type { WorkspaceId } from "@/lib/brand";
import type { SavedReply, SavedReplyFields } from "@/modules/handoff/replies/contract";

const shown = {
  id: savedReplies.id,
  shortcut: savedReplies.shortcut,
  title: savedReplies.title,
  text: savedReplies.text,
  updatedAt: savedReplies.updatedAt,
};

/** By shortcut. */
export async function listSavedReplyRows(db: Db, workspaceId: WorkspaceId): Promise<SavedReply[]> {
  return db
    .select(shown)
    .from(savedReplies)
    .where(eq(savedReplies.workspaceId, workspaceId))
    .orderBy(asc(savedReplies.shortcut));
}

/** Holds off every other insert of the workspace until the transaction ends, so that its limit is one. */
export async function lockSavedReplies(db: Db, workspaceId: WorkspaceId): Promise<number> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`saved-replies:${workspaceId}`}, 0))`);
  return db.$count(savedReplies, eq(savedReplies.workspaceId, workspaceId));
}

/** Undefined when the shortcut is taken. */
export async function insertSavedReply(
  db: Db,
  workspaceId: WorkspaceId,
  reply: SavedReplyFields & { userId: string; now: Date },
): Promise<SavedReply | undefined> {
  const { now, ...fields } = reply;
  const [row] = await db
    .insert(savedReplies)
    .values({ ...fields, workspaceId, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning(shown);
  return row;
}

/** `taken` when another reply has the shortcut, `missing` when there is no such reply. */
export async function updateSavedReplyRow(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  reply: SavedReplyFields & { userId: string; now: Date },
): Promise<SavedReply | "taken" | "missing"> {
  const { now, ...fields } = reply;
  const mine = and(eq(savedReplies.id, id), eq(savedReplies.workspaceId, workspaceId));
  const [twin] = await db
    .select({ id: savedReplies.id })
    .from(savedReplies)
    .where(and(eq(savedReplies.workspaceId, workspaceId), eq(savedReplies.shortcut, fields.shortcut)));
  if (twin && twin.id !== id) return (await db.$count(savedReplies, mine)) > 0 ? "taken" : "missing";
  const [row] = await db
    .update(savedReplies)
    .set({ ...fields, updatedAt: now })
    .where(mine)
    .returning(shown);
  return row ?? "missing";
}

/** False when there is none. */
export async function deleteSavedReply(db: Db, workspaceId: WorkspaceId, id: string): Promise<boolean> {
  const rows = await db
    .delete(savedReplies)
    .where(and(eq(savedReplies.id, id), eq(savedReplies.workspaceId, workspaceId)))
    .returning({ id: savedReplies.id });
  return rows.length > 0;
}
