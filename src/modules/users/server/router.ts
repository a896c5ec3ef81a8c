import { userProcedure } from "@/trpc/init";
import { updateProfileInput } from "../contract";
import { updateProfile } from "./service";

/** Joined in the root router by `me`, which also knows the workspaces of a later tier. */
export const userProcedures = {
  update: userProcedure.input(updateProfileInput).mutation(({ ctx, input }) => updateProfile(ctx, input)),
};
