import { notFound } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import { maySeeMoney } from "@/modules/balance/policy";
import type { DialogContext, NameVisitorInput } from "@/modules/dialogs/profile/contract";
import type { MemberCtx, WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { findVisitor, listPastDialogs, nameVisitorRow, readFigures } from "./repository";

/** Gives a visitor the name that the team uses, in all dialogs, now and later, whatever the channel says. Refuses: NOT_FOUND. */
export async function nameVisitor(ctx: WorkspaceCtx, { dialogId, name }: NameVisitorInput): Promise<{ name: string }> {
  return inTransaction(ctx, async (tx) => {
    const visitor = await findVisitor(tx.db, tx.workspaceId, dialogId);
    if (!visitor) throw notFound("Dialog");
    await nameVisitorRow(tx.db, tx.workspaceId, visitor, { name, now: tx.now() });
    await audit(tx, { operation: "dialogs.visitor-named", targetKind: "dialog", targetId: dialogId });
    await publish(tx, { type: "dialog.changed", ids: { dialogId } });
    return { name };
  });
}

/** What surrounds a dialog: the visitor's other talks, sources, thumbs and, for those who see money, its cost. Refuses: NOT_FOUND. */
export async function getContext(ctx: MemberCtx, { dialogId }: { dialogId: string }): Promise<DialogContext> {
  const visitor = await findVisitor(ctx.db, ctx.workspaceId, dialogId);
  if (!visitor) throw notFound("Dialog");
  const [past, { sources, thumbs, micros, answers }] = await Promise.all([
    // Nobody is behind the playground but the team itself.
    visitor.channel === "preview" ? [] : listPastDialogs(ctx.db, ctx.workspaceId, visitor, dialogId),
    readFigures(ctx.db, ctx.workspaceId, dialogId),
  ]);
  return {
    past,
    sources,
    thumbs,
    summary: visitor.summary,
    cost: maySeeMoney(ctx.actor.memberRole) ? { micros, answers } : null,
  };
}
