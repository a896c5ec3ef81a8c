import * as z from "zod";
import { defineEvent } from "@/server/jobs/define";

/** A dialog waits for a person, or still does; the team gets letters about it. */
export const teamCalled = defineEvent({
  name: "handoff.mail-team",
  payload: z.object({ workspaceId: z.uuid(), dialogId: z.uuid(), sessionId: z.uuid(), rung: z.int().nonnegative() }),
});
