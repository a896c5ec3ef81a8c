import * as z from "zod";
import { defineEvent } from "@/server/jobs/define";

/** A dialog waits for a person, or still does; the team gets letters about it. */
export const teamCalled = defineEvent({
  name: "handoff.mail-team",
  payload: z.object({
    workspaceId: z.uuid(),
    dialogId: z.uuid(),
    sessionId: z.uuid(),
    rung: z.int().nonnegative(),
    /** The last step that was told before; one late round may climb several. */
    fromRung: z.int().nonnegative().optional(),
  }),
});

/** A visitor left a contact while nobody was there. */
export const contactLeft = defineEvent({
  name: "handoff.mail-contact",
  payload: z.object({ workspaceId: z.uuid(), dialogId: z.uuid(), noteId: z.string().max(200) }),
});

/** A dialog was put aside; handled when the moment has come. */
export const dialogSnoozed = defineEvent({ name: "handoff.wake-dialog", payload: z.object({ dialogId: z.uuid() }) });
