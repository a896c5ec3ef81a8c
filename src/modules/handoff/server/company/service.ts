import { notFound } from "@/lib/errors";
import type { ReportInput } from "@/modules/handoff/company/contract";
import type { MemberCtx } from "@/server/context";
import { signal } from "@/server/realtime/publish";
import { hasDialog } from "./repository";

/** Tells the colleagues that the caller looks at a dialog or types in it. Nothing is stored. A foreign dialog is NOT_FOUND. */
export async function reportAct(ctx: MemberCtx, { dialogId, act, isOver }: ReportInput): Promise<{ ok: true }> {
  if (!(await hasDialog(ctx.db, ctx.workspaceId, dialogId))) throw notFound("Dialog");
  const ids = { dialogId, userId: ctx.actor.userId };
  await signal(ctx, { type: isOver ? `${act}.stop` : `${act}.start`, ids });
  return { ok: true };
}
