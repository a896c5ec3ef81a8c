import * as z from "zod";
import { defineEvent } from "@/server/jobs/define";

/** An assistant was removed: what later tiers attached to it has to stop. */
export const assistantRemoved = defineEvent({
  name: "assistants.removed",
  payload: z.object({ workspaceId: z.uuid(), assistantId: z.uuid() }),
});
