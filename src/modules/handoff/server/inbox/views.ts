import { AppError, notFound } from "@/lib/errors";
import type { CreateViewInput, InboxSavedView } from "@/modules/handoff/inbox/contract";
import { inboxLimits } from "@/modules/handoff/inbox/limits";
import type { MemberCtx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import { deleteView, insertView, listViewRows, lockPersonsViews, updateViewName } from "./views-repository";

const personOf = (ctx: MemberCtx) => ({ workspaceId: ctx.workspaceId, userId: ctx.actor.userId });

/** The caller's own views of this workspace. */
export async function listViews(ctx: MemberCtx): Promise<{ items: InboxSavedView[] }> {
  return { items: await listViewRows(ctx.db, personOf(ctx)) };
}

/** Keeps a filter under a name, for the caller alone. Refuses: CONFLICT past twenty views. */
export async function createView(ctx: MemberCtx, { name, filter }: CreateViewInput): Promise<InboxSavedView> {
  return inTransaction(ctx, async (tx) => {
    const person = personOf(tx);
    await lockPersonsViews(tx.db, person);
    if ((await listViewRows(tx.db, person)).length >= inboxLimits.viewsPerPerson) {
      throw new AppError("CONFLICT", `A person keeps at most ${inboxLimits.viewsPerPerson} views.`, {
        facts: { reason: "too-many-views", limit: inboxLimits.viewsPerPerson },
      });
    }
    const view = await insertView(tx.db, person, { name, filter, createdAt: tx.now() });
    if (!view) throw new Error("The view that was just made is gone.");
    return view;
  });
}

/** Refuses: NOT_FOUND, also for a colleague's view. */
export async function renameView(ctx: MemberCtx, { id, name }: { id: string; name: string }): Promise<{ ok: true }> {
  if (!(await updateViewName(ctx.db, personOf(ctx), id, name))) throw notFound("View");
  return { ok: true };
}

/** Refuses: NOT_FOUND, also for a colleague's view. */
export async function removeView(ctx: MemberCtx, { id }: { id: string }): Promise<{ ok: true }> {
  if (!(await deleteView(ctx.db, personOf(ctx), id))) throw notFound("View");
  return { ok: true };
}
