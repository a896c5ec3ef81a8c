import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { dialogs } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";

/** False when it is unread already. */
export async function setUnread(db: Db, workspaceId: WorkspaceId, id: string): Promise<boolean> {
  const rows = await db
    .update(dialogs)
    .set({ unreadCount: 1 })
    .where(and(eq(dialogs.id, id), eq(dialogs.workspaceId, workspaceId), eq(dialogs.unreadCount, 0)))
    .returning({ id: dialogs.id });
  return rows.length > 0;
}
