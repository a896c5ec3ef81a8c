import * as z from "zod";

/** What a member may be doing in a dialog, for the colleagues who look at the same one. */
export const ACTS = ["viewing", "typing"] as const;
export type Act = (typeof ACTS)[number];

export const reportInput = z.object({
  dialogId: z.uuid(),
  act: z.enum(ACTS),
  /** Absent, the act goes on; it also ends by itself when nothing more is heard. */
  isOver: z.boolean().optional(),
});
export type ReportInput = z.infer<typeof reportInput>;
