import { notFound } from "@/lib/errors";
import type { Episode } from "@/modules/handoff/conversation/contract";
import type { WorkspaceCtx } from "@/server/context";
import { dialogExists, listEpisodeRows } from "./repository";

/** When people were asked for, came and left, oldest first. Refuses: NOT_FOUND. */
export async function listEpisodes(
  ctx: WorkspaceCtx,
  { dialogId }: { dialogId: string },
): Promise<{ items: Episode[] }> {
  const items = await listEpisodeRows(ctx.db, ctx.workspaceId, dialogId);
  if (items.length === 0 && !(await dialogExists(ctx.db, ctx.workspaceId, dialogId))) throw notFound("Dialog");
  return { items };
}
