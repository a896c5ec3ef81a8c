import type postgres from "postgres";

/** A job of a lane that this process holds a lease on. */
export type LeasedJob = {
  id: string;
  name: string;
  payload: unknown;
  attempts: number;
  maxAttempts: number;
  /** Whether there were more jobs than the look went through. */
  isCut: boolean;
  /** The last of the lanes that the look visited besides, from which the next one goes on; empty after the last of all. */
  visitedTo: string;
};

/** A runner is taken for dead when it did not renew its leases for so long. */
export const LEASE_SECONDS = 15;
/** Longer than a process has to live for its supervisor to call it steady: a job that kills whoever runs it comes this rarely. */
const SUSPECT_SECONDS = 90;
/** The wait after an attempt grows by e each time, up to six hours. */
const LONGEST_EXPONENT = 10;
/** Jobs of lanes without a lease that one look goes through, at a price for each; whoever finds something looks again. */
const LOOKED_AT = 64;
/** Lanes that a look visits in turn when it did not get through the jobs: the oldest may all be of one lane. */
const VISITED = 16;
const UNIQUE_VIOLATION = "23505";

/**
 * Forgets the jobs that ended and leases the next ones, in one round trip: of each lane the one that is due first, and none
 * while another of the lane is leased. It goes through the oldest jobs; where these are too many, which may all be of one
 * lane, it visits some lanes behind `visitedTo`, too, so that each has its turn, and whoever has the fewest lanes at work goes
 * first: what stands behind the first colon of a lane says whose it is. What is `running` here is nobody's orphan, however long the machine slept. A unique
 * index lets a lane have one lease, so of two runners the second one's whole statement is refused; null then, and asking
 * again finds what the first has done. The commit does not wait for the disk, nor do those of many jobs: one whose end or
 * lease is undone by a crash of the database is run again. So is one that was leased before the crash and ended after it,
 * in a process that outlived it: its row stays until the lease runs out, because what it wrote may be gone.
 */
export async function endAndLease(
  sql: postgres.Sql,
  runnerId: string,
  {
    ended,
    running,
    names,
    limit,
    visitedTo,
  }: {
    ended: readonly string[];
    running: readonly string[];
    names: readonly string[];
    limit: number;
    visitedTo: string;
  },
): Promise<LeasedJob[] | null> {
  try {
    return await sql<LeasedJob[]>`
      with recursive begun as (
        insert into database_lives (is_only) select true where not exists (select from database_lives) on conflict do nothing returning id
      ), life as materialized (
        select id from begun union all select id from database_lives limit 1
      ), ended as (
        delete from lane_jobs where id = any (${[...ended]}::bigint[]) and leased_by = ${runnerId}::uuid
          and leased_in = (select id from life) returning id
      ), gone as materialized (
        select array_agg(id) as ids, set_config('synchronous_commit', 'off', true) from ended
      ), seen as materialized (
        select id, lane, due_at from lane_jobs
        where leased_until is null and failed_at is null and due_at <= now() and name = any (${[...names]}::text[])
          and lane not in (select lane from lane_jobs where leased_until is not null and id <> all (${[...ended]}::bigint[]))
        order by due_at, id limit ${LOOKED_AT}::int
      ), lanes as (
        (select lane from lane_jobs
        where leased_until is null and failed_at is null and name = any (${[...names]}::text[]) and lane > ${visitedTo}
          and (select count(*) from seen) = ${LOOKED_AT}::int
        order by lane limit 1)
        union all
        select following.lane from lanes cross join lateral (
          select lane from lane_jobs
          where leased_until is null and failed_at is null and name = any (${[...names]}::text[]) and lane > lanes.lane
          order by lane limit 1) as following
      ), visited as materialized (
        select lane from lanes limit ${VISITED}::int
      ), first as (
        (select distinct on (lane) id, lane, due_at from seen order by lane, due_at, id)
        union all
        select job.id, visited.lane, job.due_at from visited cross join lateral (
          select id, due_at from lane_jobs
          where lane = visited.lane and leased_until is null and failed_at is null and due_at <= now()
            and name = any (${[...names]}::text[])
          order by due_at, id limit 1) as job
        where visited.lane not in (select lane from seen)
      ), served as materialized (
        select jsonb_object_agg(share, lanes) as lanes from (
          select split_part(lane, ':', 2) as share, count(*) as lanes from lane_jobs
          where leased_until is not null and id <> all (${[...ended]}::bigint[]) and exists (select from visited)
          group by share) as shares
      ), heads as materialized (
        select id, lane, due_at, row_number() over (partition by split_part(lane, ':', 2) order by due_at, id)
          + coalesce((select (served.lanes ->> split_part(lane, ':', 2))::int from served), 0) as place
        from first
      ), due as (
        select job.id from heads join lane_jobs as job using (id) cross join gone
        where job.leased_until is null and not exists (
          select from lane_jobs as other
          where other.lane = heads.lane and other.leased_until is not null and other.id <> all (coalesce(gone.ids, '{}')))
        order by heads.place, heads.due_at, heads.id limit ${limit}::int for update of job skip locked
      ), orphaned as (
        select id from lane_jobs as job
        where leased_until < now() - make_interval(secs => case when attempts < max_attempts then 0 else ${SUSPECT_SECONDS}::int end)
          and job.name = any (${[...names]}::text[]) and job.id <> all (${[...running]}::bigint[])
        limit ${limit}::int for update skip locked
      ), next as (
        select id from due union all select id from orphaned
      )
      update lane_jobs as job
      set leased_by = ${runnerId}::uuid, leased_until = now() + make_interval(secs => ${LEASE_SECONDS}::int),
        leased_in = (select id from life), attempts = least(job.attempts + 1, job.max_attempts)
      from next where job.id = next.id
      returning job.id, job.name, job.payload, job.attempts::int, job.max_attempts::int as "maxAttempts",
        (select count(*) from seen) = ${LOOKED_AT}::int as "isCut",
        (select case when count(*) = ${VISITED}::int then max(lane) else '' end from visited) as "visitedTo"`;
  } catch (error) {
    if (isTaken(error)) return null;
    throw error;
  }
}

/** Keeps the leases of jobs that still run. */
export async function renewLeases(sql: postgres.Sql, runnerId: string, ids: readonly string[]): Promise<void> {
  await sql`
    update lane_jobs set leased_until = now() + make_interval(secs => ${LEASE_SECONDS}::int)
    where id = any (${[...ids]}::bigint[]) and leased_by = ${runnerId}::uuid`;
}

/** When a job that failed for the nth time is tried again. */
export function retryAt(attempts: number, now = Date.now()): Date {
  return new Date(now + Math.exp(Math.min(attempts, LONGEST_EXPONENT)) * 1000);
}

/**
 * Gives a failed job back to be tried later, or marks it as failed for good. One that a newer job of its key has replaced
 * meanwhile goes.
 */
export async function postponeJob(
  sql: postgres.Sql,
  runnerId: string,
  { id, error, dueAt }: { id: string; error: string; dueAt: Date },
): Promise<void> {
  const postpone = () => sql`
    with held as (
      select id, key from lane_jobs where id = ${id}::bigint and leased_by = ${runnerId}::uuid for update
    ), replaced as (
      delete from lane_jobs as job using held where job.id = held.id
        and exists (select from lane_jobs as newer where newer.key = held.key and newer.id <> held.id and newer.leased_until is null)
      returning job.id
    )
    update lane_jobs as job
    set leased_by = null, leased_until = null, last_error = ${error},
      due_at = ${dueAt.toISOString()}::timestamptz,
      failed_at = case when attempts >= max_attempts then now() end
    from held where job.id = held.id and held.id not in (select id from replaced)`;
  // Replaced between the look and the write: the second look sees it.
  await postpone().catch((failure: unknown) => {
    if (!isTaken(failure)) throw failure;
    return postpone();
  });
}

/** Gives back what was leased and never begun, without counting the attempt. */
export async function releaseJobs(sql: postgres.Sql, runnerId: string, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await sql`
      update lane_jobs set leased_by = null, leased_until = null, attempts = attempts - 1
      where id = ${id}::bigint and leased_by = ${runnerId}::uuid`.catch((error: unknown) => {
      if (!isTaken(error)) throw error;
    });
}

const isTaken = (error: unknown) => error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION;
