import type { DialogItem, ListDialogsInput, Page } from "@/modules/dialogs/contract";
import type { DialogCounts, DialogFilterInput } from "@/modules/dialogs/list/contract";
import { boundsOf } from "@/modules/dialogs/list/rules";
import { parseCursor, toCursor } from "@/modules/dialogs/rules";
import { getTimeZone } from "@/modules/workspaces/server/service";
import type { WorkspaceCtx } from "@/server/context";
import { countByPlace, countByTag, listDialogRows, type ListFilter } from "./repository";

/** Newest activity first. A cursor that cannot be read starts from the top. */
export async function listDialogs(
  ctx: WorkspaceCtx,
  { cursor, limit, ...input }: ListDialogsInput,
): Promise<Page<DialogItem>> {
  const filter = await toFilter(ctx, input);
  const rows = await listDialogRows(ctx.db, ctx.workspaceId, { filter, limit: limit + 1, after: parseCursor(cursor) });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last?.lastMessageAt ? toCursor(last.lastMessageAt, last.id) : null,
  };
}

/** What each choice of channel, assistant and tag would show under the other filters. */
export async function countDialogs(ctx: WorkspaceCtx, input: DialogFilterInput): Promise<DialogCounts> {
  const filter = await toFilter(ctx, input);
  const [places, tags] = await Promise.all([
    countByPlace(ctx.db, ctx.workspaceId, filter),
    countByTag(ctx.db, ctx.workspaceId, filter),
  ]);
  const ofAssistant = places.filter(({ assistantId }) => !filter.assistantId || assistantId === filter.assistantId);
  const ofChannel = places.filter(({ channel }) => !filter.channel || channel === filter.channel);
  const channels = Map.groupBy(ofAssistant, ({ channel }) => channel);
  const assistants = Map.groupBy(ofChannel, ({ assistantId }) => assistantId);
  return {
    total: sum(ofChannel.filter((place) => ofAssistant.includes(place))),
    channels: [...channels].map(([channel, rows]) => ({ channel, count: sum(rows) })),
    assistants: [...assistants]
      .map(([id, rows]) => ({ id, name: rows[0]?.assistantName ?? "", count: sum(rows) }))
      .toSorted((a, b) => b.count - a.count),
    tags,
  };
}

/** All filtered dialogs, page by page, for exports. Stops after `most`. */
export async function* eachDialog(
  ctx: WorkspaceCtx,
  input: DialogFilterInput,
  most: number,
): AsyncGenerator<DialogItem[]> {
  const filter = await toFilter(ctx, input);
  let after: { at: Date; id: string } | undefined;
  for (let left = most; left > 0;) {
    const limit = Math.min(EXPORT_PAGE, left);
    const rows = await listDialogRows(ctx.db, ctx.workspaceId, { filter, limit, after });
    yield rows;
    const last = rows.at(-1);
    if (rows.length < limit || !last?.lastMessageAt) return;
    after = { at: last.lastMessageAt, id: last.id };
    left -= rows.length;
  }
}

const EXPORT_PAGE = 500;

async function toFilter(ctx: WorkspaceCtx, { period, from, to, ...rest }: DialogFilterInput): Promise<ListFilter> {
  // Without a period the clock of the workspace is not asked for.
  const timeZone = period === undefined ? "UTC" : await getTimeZone(ctx);
  return { ...rest, ...boundsOf({ period, from, to }, ctx.now(), timeZone) };
}

function sum(rows: readonly { count: number }[]): number {
  return rows.reduce((total, { count }) => total + count, 0);
}
