import * as z from "zod";

export const eventsInput = z.object({
  /** The newest sequence number that the tab has seen; what came after it is delivered first. */
  afterSeq: z.number().int().nonnegative().optional(),
  /** Set by the transport when it reconnects by itself. */
  lastEventId: z.string().regex(/^\d+$/).optional(),
});

export const missedInput = z.object({ afterSeq: z.number().int().nonnegative().optional() });
export type MissedInput = z.infer<typeof missedInput>;

/**
 * A hint. `connected` opens each stream and carries the current number; `reset` says that too much was missed
 * and everything has to be asked anew. A signal, which is true for seconds only, repeats the number of the last event. `closed` ends
 * a stream for good: the sign-in or the membership is over.
 */
export type WorkspaceEvent = { seq: number; type: string; ids: Record<string, string> };

/** What a tab missed, and the newest number. */
export type MissedEvents = { seq: number; events: WorkspaceEvent[] };
