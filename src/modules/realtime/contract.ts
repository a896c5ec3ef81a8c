import * as z from "zod";

export const eventsInput = z.object({
  /** The newest sequence number that the tab has seen; what came after it is delivered first. */
  afterSeq: z.number().int().nonnegative().optional(),
  /** Set by the transport when it reconnects by itself. */
  lastEventId: z.string().regex(/^\d+$/).optional(),
});

/**
 * A hint. `connected` opens each stream and carries the current number; `reset` says that too much was missed
 * and everything has to be asked anew. A signal, which is true for seconds only, repeats the number of the last event.
 */
export type WorkspaceEvent = { seq: number; type: string; ids: Record<string, string> };
