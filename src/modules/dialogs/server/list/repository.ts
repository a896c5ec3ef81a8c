import { and, desc, eq, gte, lt, sql, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import { assistants } from "@/db/schema/assistants";
import { dialogs } from "@/db/schema/dialogs";
import { dialogTags } from "@/db/schema/handoff";
import type { WorkspaceId } from "@/lib/brand";
import type { DialogItem } from "@/modules/dialogs/contract";
import { type DialogFilter, dialogLimits, type RatingFilter } from "@/modules/dialogs/limits";
import type { DialogFilterInput } from "@/modules/dialogs/list/contract";
import type { Bounds } from "@/modules/dialogs/list/rules";
import { itemColumns } from "../repository";
import { foundDialogs } from "../search-repository";

/** A filter whose days have become instants. */
export type ListFilter = Omit<DialogFilterInput, "period" | "from" | "to"> & Bounds;

// Enough to show who carried a dialog, few enough that a list of long dialogs stays fast.
const RAIL_MESSAGES = 50;

const rail = sql<DialogItem["rail"]>`(
  select json_build_object('ai', count(*) filter (where recent.author = 'assistant'), 'operator', count(*) filter (where recent.author = 'operator'))
  from (select m.author from messages m where m.dialog_id = ${dialogs.id} order by m.seq desc limit ${RAIL_MESSAGES}) recent)`;

/** Newest activity first, in one joined query. */
export async function listDialogRows(
  db: Db,
  workspaceId: WorkspaceId,
  page: { filter: ListFilter; after?: { at: Date; id: string }; limit: number },
): Promise<DialogItem[]> {
  const { filter, after, limit } = page;
  return db
    .select({ ...itemColumns, rail })
    .from(dialogs)
    .innerJoin(assistants, eq(assistants.id, dialogs.assistantId))
    .where(
      and(
        ...conditions(workspaceId, filter),
        after &&
          sql`(${dialogs.lastMessageAt}, ${dialogs.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`,
      ),
    )
    .orderBy(desc(dialogs.lastMessageAt), desc(dialogs.id))
    .limit(limit);
}

/** How many dialogs of a channel an assistant has, whatever `filter` says about both. */
export async function countByPlace(db: Db, workspaceId: WorkspaceId, filter: ListFilter) {
  const rest = { ...filter, channel: undefined, assistantId: undefined };
  return db
    .select({
      channel: dialogs.channel,
      assistantId: dialogs.assistantId,
      assistantName: sql<string>`max(${assistants.name})`,
      count: sql<number>`count(*)::int`,
    })
    .from(dialogs)
    .innerJoin(assistants, eq(assistants.id, dialogs.assistantId))
    .where(and(...conditions(workspaceId, rest)))
    .groupBy(dialogs.channel, dialogs.assistantId);
}

/** The most used tags, whatever `filter` says about tags. */
export async function countByTag(db: Db, workspaceId: WorkspaceId, filter: ListFilter) {
  return db
    .select({ tag: dialogTags.tag, count: sql<number>`count(*)::int` })
    .from(dialogTags)
    .innerJoin(dialogs, eq(dialogs.id, dialogTags.dialogId))
    .where(and(eq(dialogTags.workspaceId, workspaceId), ...conditions(workspaceId, { ...filter, tag: undefined })))
    .groupBy(dialogTags.tag)
    .orderBy(desc(sql`count(*)`), dialogTags.tag)
    .limit(dialogLimits.countedTags);
}

const byStatus: Record<DialogFilter, SQL> = {
  open: sql`${dialogs.status} = 'open' and ${dialogs.handoffStatus} = 'none'`,
  waiting: sql`${dialogs.status} = 'open' and ${dialogs.handoffStatus} = 'requested'`,
  operator: sql`${dialogs.status} = 'open' and ${dialogs.handoffStatus} = 'active'`,
  ended: sql`${dialogs.status} = 'ended'`,
};

const starred = (stars: SQL) =>
  sql`exists (select from dialog_ratings r where r.dialog_id = ${dialogs.id} and r.workspace_id = ${dialogs.workspaceId} and ${stars})`;

const byRating: Record<RatingFilter, SQL> = {
  low: starred(sql`r.stars <= 2`),
  middle: starred(sql`r.stars = 3`),
  high: starred(sql`r.stars >= 4`),
  none: sql`not ${starred(sql`true`)}`,
  disliked: sql`exists (select from message_ratings r where r.dialog_id = ${dialogs.id} and r.workspace_id = ${dialogs.workspaceId}
    and not r.is_positive and (r.rater = 'visitor' or ${dialogs.channel} = 'preview'))`,
};

function conditions(workspaceId: WorkspaceId, filter: ListFilter): (SQL | undefined)[] {
  const { status, channel, assistantId, search, since, before, rating, resolution, tag } = filter;
  return [
    eq(dialogs.workspaceId, workspaceId),
    sql`${dialogs.lastMessageAt} is not null`,
    status && byStatus[status],
    channel && eq(dialogs.channel, channel),
    assistantId === undefined ? undefined : eq(dialogs.assistantId, assistantId),
    since ? gte(dialogs.lastMessageAt, since) : undefined,
    before ? lt(dialogs.lastMessageAt, before) : undefined,
    rating && byRating[rating],
    resolution && (resolution === "none" ? sql`${dialogs.resolution} is null` : eq(dialogs.resolution, resolution)),
    tag
      ? sql`exists (select from dialog_tags t where t.dialog_id = ${dialogs.id} and t.workspace_id = ${workspaceId}::uuid and t.tag = ${tag.toLowerCase()})`
      : undefined,
    search ? matches(workspaceId, search) : undefined,
  ];
}

// Names and last messages are found by any of their letters, all messages by the beginnings of words.
function matches(workspaceId: WorkspaceId, search: string): SQL {
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`(${dialogs.visitorName} ilike ${pattern} or ${dialogs.lastMessage} ilike ${pattern}
    or ${dialogs.id} in (${foundDialogs(workspaceId, search)}))`;
}
