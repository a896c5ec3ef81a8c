import * as z from "zod";
import { ACTS } from "./rules";

export const reportInput = z.object({
  dialogId: z.uuid(),
  act: z.enum(ACTS),
  /** Absent, the act goes on; it also ends by itself when nothing more is heard. */
  isOver: z.boolean().optional(),
});
export type ReportInput = z.infer<typeof reportInput>;
