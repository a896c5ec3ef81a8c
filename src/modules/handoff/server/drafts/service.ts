import type { DraftKind } from "@/db/enums";
import { getDialog } from "@/modules/dialogs/server/service";
import type { Drafts, SaveDraftInput } from "@/modules/handoff/drafts/contract";
import type { MemberCtx } from "@/server/context";
import { listDraftRows, upsertDraft } from "./repository";

/** What the caller has in the making in a dialog, on whatever device it was typed. Refuses: NOT_FOUND. */
export async function draftsOf(ctx: MemberCtx, { dialogId }: { dialogId: string }): Promise<Drafts> {
  await getDialog(ctx, { id: dialogId });
  const rows = await listDraftRows(ctx.db, ctx.workspaceId, { dialogId, userId: ctx.actor.userId });
  return Object.fromEntries(rows.map(({ kind, text, revision }) => [kind, { text, revision }]));
}

/**
 * Keeps unsent words of the caller; nobody else ever sees them. `isKept` is false when another device has newer ones.
 * Refuses: NOT_FOUND.
 */
export async function saveDraft(ctx: MemberCtx, draft: SaveDraftInput): Promise<{ isKept: boolean }> {
  await getDialog(ctx, { id: draft.dialogId });
  const owned = { ...draft, userId: ctx.actor.userId, now: ctx.now() };
  return { isKept: await upsertDraft(ctx.db, ctx.workspaceId, owned) };
}

/** Empties a draft with the transaction that sent it. A save of the same words that arrives later changes nothing. */
export async function dropDraft(
  ctx: MemberCtx,
  { dialogId, kind, revision }: { dialogId: string; kind: DraftKind; revision: number | undefined },
): Promise<void> {
  if (revision === undefined) return;
  const { userId } = ctx.actor;
  await upsertDraft(ctx.db, ctx.workspaceId, { dialogId, kind, userId, text: "", revision, now: ctx.now() });
}
