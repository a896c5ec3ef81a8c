import * as z from "zod";
import { defineEvent } from "@/server/jobs/define";

/** Somebody was invited, or the invitation is to be mailed once more; `letterId` tells the two apart. */
export const memberInvited = defineEvent({
  name: "workspaces.member-invited",
  payload: z.object({ invitationId: z.uuid(), letterId: z.uuid() }),
});

/** A workspace was closed for good: what later tiers run in it has to stop. Its money rows stay. */
export const workspaceRemoved = defineEvent({
  name: "workspaces.removed",
  payload: z.object({ workspaceId: z.uuid() }),
  attempts: 12,
});

/** A person who was here already founded one more workspace; the first one is part of confirming an address. */
export const workspaceFounded = defineEvent({
  name: "workspaces.founded",
  payload: z.object({ workspaceId: z.uuid(), ownerId: z.uuid() }),
});
