import type { JobCtx } from "@/server/jobs/define";
import { PRUNED_AT_ONCE, pruneUpdates } from "./repository";

const KEEP_DAYS = 14;

/** Removes updates that were done with more than two weeks ago, a handful at a time. */
export async function forgetOldUpdates(job: JobCtx): Promise<void> {
  const before = new Date(job.now().getTime() - KEEP_DAYS * 24 * 60 * 60_000);
  let removed = 0;
  for (let gone = PRUNED_AT_ONCE; gone === PRUNED_AT_ONCE && !job.signal.aborted;) {
    gone = await pruneUpdates(job.db, before);
    removed += gone;
  }
  job.note({ removed });
}
