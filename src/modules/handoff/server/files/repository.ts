import { and, eq, isNull, lt } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ReplyFileKind } from "@/db/enums";
import { replyFiles } from "@/db/schema/replies";
import type { WorkspaceId } from "@/lib/brand";

const columns = {
  id: replyFiles.id,
  dialogId: replyFiles.dialogId,
  userId: replyFiles.userId,
  messageId: replyFiles.messageId,
  storageKey: replyFiles.storageKey,
  kind: replyFiles.kind,
  name: replyFiles.name,
  mimeType: replyFiles.mimeType,
  sizeBytes: replyFiles.sizeBytes,
};

type NewFile = {
  id: string;
  dialogId: string;
  userId: string;
  storageKey: string;
  kind: ReplyFileKind;
  name: string;
  mimeType: string;
  sizeBytes: number;
  createdAt: Date;
};

const ofWorkspace = (workspaceId: WorkspaceId, id: string) =>
  and(eq(replyFiles.workspaceId, workspaceId), eq(replyFiles.id, id));

/** False when a file of that id is there, whoever it belongs to. */
export async function insertFile(db: Db, workspaceId: WorkspaceId, file: NewFile): Promise<boolean> {
  const rows = await db
    .insert(replyFiles)
    .values({ ...file, workspaceId })
    .onConflictDoNothing()
    .returning({ id: replyFiles.id });
  return rows.length > 0;
}

export async function findFile(db: Db, workspaceId: WorkspaceId, id: string) {
  const [row] = await db.select(columns).from(replyFiles).where(ofWorkspace(workspaceId, id));
  return row;
}

/** The same, held until the transaction ends. */
export async function lockFile(db: Db, workspaceId: WorkspaceId, id: string) {
  const [row] = await db.select(columns).from(replyFiles).where(ofWorkspace(workspaceId, id)).for("update");
  return row;
}

/** Gives a file to the one message that carries it. */
export async function attachFile(
  db: Db,
  workspaceId: WorkspaceId,
  { id, messageId, now }: { id: string; messageId: string; now: Date },
): Promise<void> {
  await db.update(replyFiles).set({ messageId, sentAt: now }).where(ofWorkspace(workspaceId, id));
}

/** Removes a person's file that no message carries. Returns its key; undefined when there is none such. */
export async function deleteUnsent(
  db: Db,
  workspaceId: WorkspaceId,
  { id, userId }: { id: string; userId: string },
): Promise<string | undefined> {
  const [row] = await db
    .delete(replyFiles)
    .where(and(ofWorkspace(workspaceId, id), eq(replyFiles.userId, userId), isNull(replyFiles.messageId)))
    .returning({ storageKey: replyFiles.storageKey });
  return row?.storageKey;
}

/** Removes what was picked before an instant and never sent, of all workspaces. Returns the keys. */
export async function deleteForgotten(db: Db, before: Date): Promise<string[]> {
  const rows = await db
    .delete(replyFiles)
    .where(and(isNull(replyFiles.messageId), lt(replyFiles.createdAt, before)))
    .returning({ storageKey: replyFiles.storageKey });
  return rows.map(({ storageKey }) => storageKey);
}
