import { sql, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { WorkspaceId } from "@/lib/brand";
import type { Bounds } from "@/modules/dialogs/list/rules";
import type { PersonNumbers } from "@/modules/handoff/numbers/contract";

/**
 * One row for each member and for everybody else who did something in the period, in one query; of one person when `userId`
 * is given. What nobody was asked for keeps no one waiting: dialogs that were taken unasked have no first reply.
 */
export async function countPeople(
  db: Db,
  workspaceId: WorkspaceId,
  { since, before }: Bounds,
  userId: string | null,
): Promise<PersonNumbers[]> {
  const within = (at: SQL) =>
    sql`${since ? sql`${at} >= ${since.toISOString()}::timestamptz` : sql`true`} and ${before ? sql`${at} < ${before.toISOString()}::timestamptz` : sql`true`}`;
  const own = (id: SQL) => (userId === null ? sql`${id} is not null` : sql`${id} = ${userId}::uuid`);
  const rows = await db.execute<PersonNumbers>(sql`
    with wrote as (
      select m.user_id, count(distinct m.dialog_id)::int as handled, count(*)::int as replies from messages m
      where m.workspace_id = ${workspaceId}::uuid and m.author = 'operator' and ${own(sql`m.user_id`)} and ${within(sql`m.created_at`)}
      group by m.user_id
    ), first as (
      select s.first_reply_by as user_id, count(*)::int as count,
        percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from s.first_reply_at - s.created_at) * 1000) as waits
      from handoff_sessions s
      where s.workspace_id = ${workspaceId}::uuid and s.first_reply_at is not null and ${own(sql`s.first_reply_by`)}
        and ${within(sql`s.first_reply_at`)} and s.taken_at is distinct from s.requested_at
      group by s.first_reply_by
    ), rated as (
      select r.user_id, count(*)::int as count, avg(r.stars)::float as stars from dialog_ratings r
      where r.workspace_id = ${workspaceId}::uuid and r.part = 'operator' and ${own(sql`r.user_id`)} and ${within(sql`r.updated_at`)}
      group by r.user_id
    ), ended as (
      select d.closed_by as user_id, count(*)::int as count, count(*) filter (where d.resolution = 'solved')::int as solved from dialogs d
      where d.workspace_id = ${workspaceId}::uuid and d.status = 'ended' and d.channel <> 'preview' and ${own(sql`d.closed_by`)}
        and ${within(sql`d.ended_at`)}
      group by d.closed_by
    ), people as (
      select w.user_id from workspace_members w where w.workspace_id = ${workspaceId}::uuid and ${own(sql`w.user_id`)}
      union select user_id from wrote union select user_id from first union select user_id from rated union select user_id from ended
    )
    select u.id as "userId", u.name, coalesce(wrote.handled, 0) as handled, coalesce(wrote.replies, 0) as replies,
      coalesce(first.count, 0) as "firstReplies", round(first.waits[1])::float as "medianMs", round(first.waits[2])::float as "p90Ms",
      coalesce(rated.count, 0) as rated, rated.stars as "averageStars", coalesce(ended.count, 0) as closed, coalesce(ended.solved, 0) as solved
    from people join users u on u.id = people.user_id
      left join wrote using (user_id) left join first using (user_id) left join rated using (user_id) left join ended using (user_id)
    order by handled desc, u.name, u.id`);
  return [...rows];
}
