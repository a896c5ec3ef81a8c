import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { dialogs } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";

export async function hasDialog(db: Db, workspaceId: WorkspaceId, dialogId: string): Promise<boolean> {
  const rows = await db
    .select({ id: dialogs.id })
    .from(dialogs)
    .where(and(eq(dialogs.id, dialogId), eq(dialogs.workspaceId, workspaceId)));
  return rows.length > 0;
}
