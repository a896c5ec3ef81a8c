import { z } from "zod";
import { LOCALES } from "@/lib/locales";
import { defineEvent } from "@/server/jobs/define";

/** An invented visitor of the demo has questions for an assistant; they are asked once its documents are read. */
export const demoTalkPlanned = defineEvent({
  name: "site.demo-talk-planned",
  payload: z.object({
    workspaceId: z.uuid(),
    assistantId: z.uuid(),
    visitorKey: z.string(),
    visitorName: z.string(),
    visitorLocale: z.enum(LOCALES),
    questions: z.array(z.string()),
  }),
});
