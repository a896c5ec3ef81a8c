import { isSessionLive } from "@/modules/auth/server/session";
import { listMemberships } from "@/modules/workspaces/server/access";
import type { MemberCtx } from "@/server/context";

/** Whether the person is still a member of the workspace. */
export async function isStillMember(ctx: MemberCtx): Promise<boolean> {
  const memberships = await listMemberships(ctx.db, ctx.actor.userId);
  return memberships.some((row) => row.id === ctx.workspaceId);
}

/** Whether a connection that was opened for this person may go on: the sign-in is in force and the membership too. */
export async function mayStillListen(ctx: MemberCtx): Promise<boolean> {
  return (await isSessionLive(ctx.actor.sessionId)) && (await isStillMember(ctx));
}
