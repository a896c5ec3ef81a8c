import { setTimeout as delay } from "node:timers/promises";
import { db } from "@/db/client";
import { newId } from "@/lib/ids";
import { isDatabaseAway, outlastDatabase } from "@/server/database-away";
import { laneAlarm } from "@/server/jobs/alarm";
import type { Job } from "@/server/jobs/define";
import { LANE_CHANNEL } from "@/server/jobs/lane-bell";
import {
  endAndLease,
  LEASE_SECONDS,
  type LeasedJob,
  postponeJob,
  releaseJobs,
  retryAt,
  renewLeases,
} from "@/server/jobs/lane-store";
import { performJob } from "@/server/jobs/perform";
import type { JobRunner } from "@/server/jobs/run";
import { logger } from "@/server/logger";

/** The net under a lost notice, and what finds jobs of dead runners. */
const LOOK_EVERY_MS = 2_000;
const RENEW_EVERY_MS = (LEASE_SECONDS * 1000) / 3;
/** From so many running jobs on, ends and beginnings of a moment share one statement. */
const BUSY_FROM = 6;
const GATHER_MS = 8;
/** Between two jobs of a lane, unless something else is due, and after a look in vain: a flood in one lane takes no processor. */
const PAUSE_MS = 20;
/** Running jobs may end by themselves for so long before they are told to. */
const PATIENCE_MS = 5_000;

/**
 * Runs the jobs of lanes: each lane one at a time and in order, many lanes at once. A lease in the database says which
 * runner has a job; a runner that died loses its leases within seconds, and its jobs are run again elsewhere and must find
 * what is there. `stop()` lets running jobs end and gives back what has not begun.
 */
export async function startLanes(jobs: readonly Job[], concurrency: number): Promise<JobRunner> {
  const runner = new LaneRunner(jobs, concurrency);
  await outlastDatabase(() => runner.start());
  return runner;
}

class LaneRunner {
  private readonly id = newId();
  private readonly jobs: ReadonlyMap<string, Job>;
  private readonly running = new Map<string, Promise<void>>();
  /** Done, and not yet written as done. */
  private ended: string[] = [];
  private readonly stopping = new AbortController();
  private readonly hurry = new AbortController();
  private looking: Promise<void> | undefined;
  private isLookWanted = false;
  private gathering: NodeJS.Timeout | undefined;
  private foundNothingAtMs = -Infinity;
  private isCut = false;
  private visitedTo = "";
  private timers: NodeJS.Timeout[] = [];
  private leave: (() => Promise<unknown>)[] = [];

  constructor(
    jobs: readonly Job[],
    private readonly concurrency: number,
  ) {
    this.jobs = new Map(jobs.map((job) => [job.name, job]));
  }

  async start(): Promise<void> {
    const { unlisten } = await db().$client.listen(LANE_CHANNEL, this.lookSoon, this.lookSoon);
    const leaveAlarm = laneAlarm.listen(this.lookSoon);
    this.leave = [unlisten, async () => leaveAlarm()];
    this.timers = [setInterval(this.lookSoon, LOOK_EVERY_MS), setInterval(() => void this.renew(), RENEW_EVERY_MS)];
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    for (const timer of this.timers.slice(0, 1)) clearInterval(timer);
    await Promise.all(this.leave.map((leave) => leave().catch(() => undefined)));
    const allEnded = async () => {
      await this.looking;
      await Promise.all(this.running.values());
    };
    const patience = new AbortController();
    const late = delay(PATIENCE_MS, undefined, { signal: patience.signal }).then(
      () => this.hurry.abort(),
      () => undefined,
    );
    await allEnded();
    patience.abort();
    await late;
    for (const timer of this.timers) clearInterval(timer);
    await this.look().catch((error: unknown) => logger.warn({ event: "lanes-not-settled", error }));
  }

  /** Something may have become due. Looks at once, unless much runs or a look has just found nothing. */
  private readonly lookSoon = (): void => {
    const isFruitless = performance.now() - this.foundNothingAtMs < PAUSE_MS;
    this.lookWithin(isFruitless ? PAUSE_MS : this.running.size < BUSY_FROM ? 0 : GATHER_MS);
  };

  private lookWithin(waitMs: number): void {
    this.isLookWanted = true;
    if (this.looking || (this.gathering && waitMs > 0)) return;
    clearTimeout(this.gathering);
    const begin = () => {
      this.gathering = undefined;
      this.beginLook();
    };
    if (waitMs === 0) return begin();
    this.gathering = setTimeout(begin, waitMs);
  }

  private beginLook(): void {
    if (this.looking) return;
    this.looking = this.lookWhileWanted().finally(() => {
      this.looking = undefined;
      if (this.isLookWanted) this.lookSoon();
      else if (this.isCut) this.lookWithin(PAUSE_MS);
    });
  }

  private async lookWhileWanted(): Promise<void> {
    this.isLookWanted = false;
    try {
      await this.look();
    } catch (error) {
      if (!isDatabaseAway(error)) logger.error({ event: "lanes-failed", error });
      // What could not be written is written by the next look.
      await delay(GATHER_MS * 10);
    }
  }

  /** One statement: the ended jobs go, and as many begin as there is room for. */
  private async look(): Promise<void> {
    const limit = this.stopping.signal.aborted ? 0 : this.concurrency - this.running.size;
    const ended = this.ended;
    if (limit === 0 && ended.length === 0) return;
    this.ended = [];
    let leased: LeasedJob[] | null;
    try {
      const { visitedTo } = this;
      const wanted = { ended, running: [...this.running.keys()], names: [...this.jobs.keys()], limit, visitedTo };
      leased = await endAndLease(db().$hot.$client, this.id, wanted);
    } catch (error) {
      this.ended.push(...ended);
      throw error;
    }
    if (leased === null) {
      this.ended.push(...ended);
      this.isLookWanted = true;
      return;
    }
    if (this.stopping.signal.aborted) {
      await releaseJobs(
        db().$client,
        this.id,
        leased.map(({ id }) => id),
      );
      return;
    }
    for (const job of leased) this.begin(job);
    if (leased.length === limit) this.isLookWanted = true;
    if (leased.length === 0) this.foundNothingAtMs = performance.now();
    // Behind many of one lane there may be others.
    this.isCut = leased[0]?.isCut === true;
    this.visitedTo = leased[0]?.visitedTo ?? "";
  }

  private begin(leased: LeasedJob): void {
    const run = this.run(leased).finally(() => {
      this.running.delete(leased.id);
      this.lookWithin(this.running.size < BUSY_FROM ? PAUSE_MS : GATHER_MS);
    });
    this.running.set(leased.id, run);
  }

  private async run({ id, name, payload, attempts, maxAttempts }: LeasedJob): Promise<void> {
    const job = this.jobs.get(name);
    if (!job) throw new Error(`No job is called ${name}.`);
    try {
      await performJob(job, payload, { jobId: id, attempt: attempts, maxAttempts, signal: this.hurry.signal });
      this.ended.push(id);
    } catch (error) {
      const postponed = { id, error: error instanceof Error ? error.message : "failed", dueAt: retryAt(attempts) };
      // Without a way to write it down the lease runs out, and the job is run again all the same.
      await postponeJob(db().$client, this.id, postponed).catch((failure: unknown) =>
        logger.error({ event: "job-not-postponed", job: name, jobId: id, error: failure }),
      );
      laneAlarm.set(postponed.dueAt);
    }
  }

  private async renew(): Promise<void> {
    const ids = [...this.running.keys()];
    if (ids.length === 0) return;
    await renewLeases(db().$client, this.id, ids).catch((error: unknown) =>
      logger.warn({ event: "leases-not-renewed", error }),
    );
  }
}
