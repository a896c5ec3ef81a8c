import { boundsOf } from "@/modules/dialogs/list/rules";
import type { NumbersInput, PersonNumbers } from "@/modules/handoff/numbers/contract";
import { getTimeZone } from "@/modules/workspaces/server/service";
import type { MemberCtx, WorkspaceCtx } from "@/server/context";
import { countPeople } from "./repository";

/** What the caller did for visitors in a period; all zero for a person who wrote to nobody. */
export async function getOwnNumbers(ctx: MemberCtx, input: NumbersInput): Promise<PersonNumbers> {
  const [own] = await countPeople(ctx.db, ctx.workspaceId, await bounds(ctx, input), ctx.actor.userId);
  if (!own) throw new Error("A member has no row of numbers.");
  return own;
}

/** The same of everybody in the team, and of those who left it after the period began; who handled most comes first. */
export async function listTeamNumbers(ctx: WorkspaceCtx, input: NumbersInput): Promise<{ items: PersonNumbers[] }> {
  return { items: await countPeople(ctx.db, ctx.workspaceId, await bounds(ctx, input), null) };
}

async function bounds(ctx: WorkspaceCtx, input: NumbersInput) {
  return boundsOf(input, ctx.now(), await getTimeZone(ctx));
}
