import { parseCursor, toCursor } from "@/modules/dialogs/rules";
import type {
  InboxCounts,
  InboxItem,
  InboxListInput,
  InboxPage,
  InboxRowsInput,
} from "@/modules/handoff/inbox/contract";
import type { MemberCtx, WorkspaceCtx } from "@/server/context";
import { countViews, listRows, listTags } from "./repository";

const personOf = (ctx: MemberCtx) => ({ workspaceId: ctx.workspaceId, userId: ctx.actor.userId });

/**
 * One page of a view of the inbox. The caller's own dialogs come at once, because capacity bounds them. Dialogs of the
 * playground never appear. A cursor that cannot be read starts from the top.
 */
export async function listInbox(ctx: MemberCtx, { cursor, limit, ...filter }: InboxListInput): Promise<InboxPage> {
  const rows = await listRows(ctx.db, personOf(ctx), {
    ...filter,
    now: ctx.now(),
    before: parseCursor(cursor),
    limit: limit + 1,
  });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? toCursor(last.at, last.id) : null };
}

/** Which of these dialogs belong to the filtered view now, and how their rows look. */
export async function listInboxRows(
  ctx: MemberCtx,
  { dialogIds, filter }: InboxRowsInput,
): Promise<{ items: InboxItem[] }> {
  const wanted = { ...filter, dialogIds, now: ctx.now(), limit: dialogIds.length };
  return { items: await listRows(ctx.db, personOf(ctx), wanted) };
}

/** What needs action, view by view. */
export async function countInbox(ctx: MemberCtx): Promise<InboxCounts> {
  return countViews(ctx.db, personOf(ctx), ctx.now());
}

const TAGS = 200;

/** Every tag that the workspace uses, for filters. */
export async function listInboxTags(ctx: WorkspaceCtx): Promise<{ items: string[] }> {
  return { items: await listTags(ctx.db, ctx.workspaceId, TAGS) };
}
