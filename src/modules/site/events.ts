import * as z from "zod";
import { LOCALES } from "@/lib/locales";
import { defineEvent } from "@/server/jobs/define";

/** Invented visitors of the demo have questions for an assistant; they are asked once its documents are read. */
export const demoTalksPlanned = defineEvent({
  name: "site.demo-talks-planned",
  payload: z.object({
    workspaceId: z.uuid(),
    assistantId: z.uuid(),
    visitorLocale: z.enum(LOCALES),
    talks: z.array(z.object({ visitorName: z.string(), questions: z.array(z.string()) })),
  }),
});
