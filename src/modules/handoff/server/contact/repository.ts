import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { assistants } from "@/db/schema/assistants";
import { dialogs } from "@/db/schema/dialogs";
import { dialogNotes } from "@/db/schema/handoff";
import { workspaces } from "@/db/schema/workspaces";
import type { WorkspaceId } from "@/lib/brand";

/** Remembers since when a visitor is asked for a contact; null forgets it. */
export async function setContactAsked(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  at: Date | null,
): Promise<void> {
  await db
    .update(dialogs)
    .set({ contactAskedAt: at })
    .where(and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, dialogId)));
}

/** What a letter about a left contact says; undefined once its note is gone. */
export async function findLeftContact(
  db: Db,
  workspaceId: WorkspaceId,
  { dialogId, noteId }: { dialogId: string; noteId: string },
) {
  const [row] = await db
    .select({
      text: dialogNotes.text,
      visitorName: dialogs.visitorName,
      assistantName: assistants.name,
      slug: workspaces.slug,
    })
    .from(dialogs)
    .innerJoin(assistants, eq(assistants.id, dialogs.assistantId))
    .innerJoin(workspaces, eq(workspaces.id, dialogs.workspaceId))
    .innerJoin(dialogNotes, and(eq(dialogNotes.dialogId, dialogs.id), eq(dialogNotes.clientId, noteId)))
    .where(and(eq(dialogs.workspaceId, workspaceId), eq(dialogs.id, dialogId)));
  return row;
}
