import { getProfile } from "@/modules/users/server/service";
import type { UserCtx } from "@/server/context";
import type { Me } from "../contract";
import { listMemberships } from "./repository";

/** Who is signed in, and in which workspaces with which role. */
export async function getMe(ctx: UserCtx): Promise<Me> {
  const [profile, workspaces] = await Promise.all([getProfile(ctx), listMemberships(ctx.db, ctx.actor.userId)]);
  return { ...profile, workspaces };
}
