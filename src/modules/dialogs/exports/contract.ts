import * as z from "zod";

export const exportDialogInput = z.object({ id: z.uuid(), format: z.enum(["text", "json"]).default("text") });
export type ExportDialogInput = z.infer<typeof exportDialogInput>;
