import { userProcedure } from "@/trpc/init";
import { updateAlertsInput } from "../alerts/contract";
import { updateProfileInput } from "../contract";
import { getAlerts, updateAlerts } from "./alerts/service";
import { updateProfile } from "./service";

/** Joined in the root router by `me`, which also knows the workspaces of a later tier. */
export const userProcedures = {
  update: userProcedure.input(updateProfileInput).mutation(({ ctx, input }) => updateProfile(ctx, input)),
  alerts: userProcedure.query(({ ctx }) => getAlerts(ctx)),
  updateAlerts: userProcedure.input(updateAlertsInput).mutation(({ ctx, input }) => updateAlerts(ctx, input)),
};
