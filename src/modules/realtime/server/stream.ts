import type { WorkspaceEvent } from "@/modules/realtime/contract";
import { currentSeq, listEventsAfter } from "@/modules/realtime/server/repository";
import { listMemberships } from "@/modules/workspaces/server/access";
import type { MemberCtx } from "@/server/context";
import { type HeardSignal, hearWorkspace } from "@/server/realtime/listener";

const MAX_QUEUED = 500;
// A colleague types again in seconds; what is too much for a slow tab may be forgotten.
const MAX_SIGNALS = 50;
/** Membership and sign-in are looked at again this often while a stream is open. */
const RECHECK_MS = 15_000;

/**
 * The events of a workspace after `afterSeq`, without gaps or repeats, until `signal` aborts or the member loses
 * access. A consumer that is too slow is sent back to the table instead of growing a queue.
 */
export async function* streamEvents(
  ctx: MemberCtx,
  afterSeq: number | undefined,
  mayGoOn: () => Promise<boolean>,
  signal: AbortSignal,
): AsyncGenerator<WorkspaceEvent> {
  const queue: WorkspaceEvent[] = [];
  const signals: HeardSignal[] = [];
  let hasGap = afterSeq !== undefined;
  let wake = () => {};
  const signalWake = () => wake();
  // Hearing starts before reading what was missed, so that nothing falls between the two.
  const stopHearing = await hearWorkspace(ctx.workspaceId, {
    onEvent: (event) => {
      if (queue.length >= MAX_QUEUED) hasGap = true;
      else queue.push(event);
      wake();
    },
    onGap: () => {
      hasGap = true;
      wake();
    },
    onSignal: (heard) => {
      if (heard.ids.userId === ctx.actor.userId || signals.length >= MAX_SIGNALS) return;
      signals.push(heard);
      wake();
    },
  });
  signal.addEventListener("abort", signalWake);
  try {
    const startSeq = await currentSeq(ctx.db, ctx.workspaceId);
    // A number from the future belongs to another life of this database.
    let lastSeq = afterSeq === undefined || afterSeq > startSeq ? startSeq : afterSeq;
    if (afterSeq !== undefined && afterSeq > startSeq) yield { seq: startSeq, type: "reset", ids: {} };
    yield { seq: lastSeq, type: "connected", ids: {} };
    let checkedAtMs = Date.now();
    while (!signal.aborted) {
      if (hasGap) {
        hasGap = false;
        queue.length = 0;
        const missed = await listEventsAfter(ctx.db, ctx.workspaceId, lastSeq);
        const replay = missed ?? [{ seq: await currentSeq(ctx.db, ctx.workspaceId), type: "reset", ids: {} }];
        for (const event of replay) {
          lastSeq = event.seq;
          yield event;
        }
      }
      for (let event = queue.shift(); event; event = queue.shift()) {
        if (event.seq <= lastSeq) continue;
        lastSeq = event.seq;
        yield event;
      }
      for (const heard of signals.splice(0)) yield { ...heard, seq: lastSeq };
      if (Date.now() - checkedAtMs >= RECHECK_MS) {
        checkedAtMs = Date.now();
        if (!(await mayGoOn())) return;
      }
      if (queue.length + signals.length === 0 && !hasGap && !signal.aborted)
        await nextWake((resolve) => (wake = resolve), RECHECK_MS);
    }
  } finally {
    signal.removeEventListener("abort", signalWake);
    stopHearing();
  }
}

/** Whether the person is still a member of the workspace. */
export async function isStillMember(ctx: MemberCtx): Promise<boolean> {
  const memberships = await listMemberships(ctx.db, ctx.actor.userId);
  return memberships.some((row) => row.id === ctx.workspaceId);
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
