import { AppError } from "@/lib/errors";
import type { WorkspaceEvent } from "@/modules/realtime/contract";
import type { MemberCtx } from "@/server/context";
import { type HeardSignal, hearLostAccess, hearWorkspace } from "@/server/realtime/listener";
import { isForTabs } from "@/server/realtime/publish";
import { catchUp, currentSeq } from "./catch-up";

const MAX_QUEUED = 500;
// A colleague types again in seconds; what is too much for a slow tab may be forgotten.
const MAX_SIGNALS = 50;
/** Membership and sign-in are looked at again this often while a stream is open, besides at once when one of them ended. */
const RECHECK_MS = 15_000;
/** Open streams of one process; whoever comes later asks by hand until there is room. */
export const MAX_STREAMS = 1_000;

let openStreams = 0;

/**
 * The events of a workspace after `afterSeq`, without gaps or repeats, until `signal` aborts or the member loses access;
 * the latter is said by a last `closed`. A consumer that is too slow is sent back to the table instead of growing a queue.
 * Refuses: EXTERNAL_UNAVAILABLE when this process has no room for another stream.
 */
export async function* streamEvents(
  ctx: MemberCtx,
  afterSeq: number | undefined,
  mayGoOn: () => Promise<boolean>,
  signal: AbortSignal,
): AsyncGenerator<WorkspaceEvent> {
  if (openStreams >= MAX_STREAMS) throw new AppError("EXTERNAL_UNAVAILABLE", "Too many live connections here.");
  openStreams += 1;
  // Hearing starts before reading what was missed, so that nothing falls between the two.
  const heard = await hear(ctx, signal).catch((error: unknown) => {
    openStreams -= 1;
    throw error;
  });
  try {
    const startSeq = await currentSeq(ctx.db, ctx.workspaceId);
    let lastSeq = afterSeq === undefined || afterSeq > startSeq ? startSeq : afterSeq;
    if (afterSeq !== undefined && afterSeq > startSeq) yield { seq: startSeq, type: "reset", ids: {} };
    yield { seq: lastSeq, type: "connected", ids: {} };
    heard.hasGap ||= lastSeq < startSeq;
    let checkedAtMs = Date.now();
    while (!signal.aborted) {
      if (heard.isAccessDoubtful || Date.now() - checkedAtMs >= RECHECK_MS) {
        heard.isAccessDoubtful = false;
        checkedAtMs = Date.now();
        if (!(await mayGoOn())) return yield { seq: lastSeq, type: "closed", ids: {} };
      }
      if (heard.hasGap) {
        heard.hasGap = false;
        heard.events.length = 0;
        for (const event of await catchUp(ctx, lastSeq)) {
          lastSeq = event.seq;
          yield event;
        }
      }
      // A doubt about access stops the flow at once: what is queued behind it may not be this person's any more.
      while (!heard.isAccessDoubtful) {
        const event = heard.events.shift();
        if (!event) break;
        if (event.seq <= lastSeq) continue;
        lastSeq = event.seq;
        yield event;
      }
      while (!heard.isAccessDoubtful) {
        const passing = heard.signals.shift();
        if (!passing) break;
        yield { ...passing, seq: lastSeq };
      }
      await heard.more(RECHECK_MS);
    }
  } finally {
    openStreams -= 1;
    heard.stop();
  }
}

/** What a stream has heard and not yet passed on: bounded, because its consumer may be slower than its workspace. */
async function hear(ctx: MemberCtx, signal: AbortSignal) {
  const events: WorkspaceEvent[] = [];
  const signals: HeardSignal[] = [];
  let wake = () => {};
  const heard = {
    events,
    signals,
    hasGap: false,
    isAccessDoubtful: false,
    /** Resolves when there is something to do, at the latest after `timeoutMs`. */
    more: (timeoutMs: number): Promise<void> => {
      const isPending = events.length + signals.length > 0 || heard.hasGap || heard.isAccessDoubtful;
      if (isPending || signal.aborted) return Promise.resolve();
      return nextWake((resolve) => (wake = resolve), timeoutMs);
    },
    stop: () => leave.forEach((one) => one()),
  };
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort);
  const leave: (() => void)[] = [() => signal.removeEventListener("abort", onAbort)];
  try {
    leave.push(
      await hearWorkspace(ctx.workspaceId, {
        onEvent: (event) => {
          if (events.length >= MAX_QUEUED) heard.hasGap = true;
          else events.push(event);
          wake();
        },
        onGap: () => {
          heard.hasGap = true;
          wake();
        },
        onSignal: (passing) => {
          if (!isForTabs(passing.type) || passing.ids.userId === ctx.actor.userId || signals.length >= MAX_SIGNALS)
            return;
          signals.push(passing);
          wake();
        },
      }),
      await hearLostAccess(ctx.actor.userId, () => {
        heard.isAccessDoubtful = true;
        wake();
      }),
    );
  } catch (error) {
    heard.stop();
    throw error;
  }
  return heard;
}

function nextWake(register: (resolve: () => void) => void, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs);
    register(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
