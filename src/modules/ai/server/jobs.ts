import * as z from "zod";
import { defineJob } from "@/server/jobs/define";

export const tellStaffJob = defineJob({
  name: "ai.tell-staff",
  payload: z.object({ hour: z.iso.datetime() }),
  run: async (ctx, { hour }) => {
    // Loaded here so that a turn, which only enqueues, does not carry the letters.
    const { tellStaff } = await import("./keys/telling");
    await tellStaff(ctx, hour);
  },
});
