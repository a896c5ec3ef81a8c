import * as z from "zod";

export const watchInput = z.object({ dialogId: z.uuid() });

/** What the assistant is writing in a dialog at this moment, and what it wrote that never left. */
export type Watched = {
  /** Null while nothing is being written. The text is empty until the first words. */
  running: { id: string; text: string } | null;
  /** Answers that a takeover stopped, as far as they came, oldest first. Nobody paid for them. */
  unsent: { id: string; text: string; at: Date }[];
};
