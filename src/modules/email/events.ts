import * as z from "zod";
import { defineEvent } from "@/server/jobs/define";

/** A letter waits in the outbox. `wish` tells the mail service a letter that staff send again from a repeated attempt. */
export const emailQueued = defineEvent({
  name: "email.send",
  payload: z.object({ emailId: z.uuid(), wish: z.uuid() }),
  // Eight waits that grow to fifty minutes: a mail service that is down for an hour loses nothing.
  attempts: 8,
});
