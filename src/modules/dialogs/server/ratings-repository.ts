import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { WorkspaceId } from "@/lib/brand";
import { newId } from "@/lib/ids";

/** False when the workspace has no such dialog. */
export async function upsertRating(
  db: Db,
  workspaceId: WorkspaceId,
  { dialogId, stars }: { dialogId: string; stars: number },
  now: Date,
): Promise<boolean> {
  const at = now.toISOString();
  const rows = await db.execute(sql`
    insert into dialog_ratings (id, workspace_id, dialog_id, stars, created_at, updated_at)
    select ${newId()}::uuid, d.workspace_id, d.id, ${stars}::int, ${at}::timestamptz, ${at}::timestamptz
    from dialogs d where d.id = ${dialogId}::uuid and d.workspace_id = ${workspaceId}::uuid
    on conflict (dialog_id) do update set stars = excluded.stars, updated_at = excluded.updated_at
    returning id`);
  return rows.length > 0;
}
