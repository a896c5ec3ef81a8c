import type { Resolution } from "@/db/enums";
import { AppError, notFound } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import { maySeeMoney } from "@/modules/balance/policy";
import type { CloseDialogInput, DialogDetail, ListMessagesInput, MessageItem, Page } from "@/modules/dialogs/contract";
import { raterOf } from "@/modules/dialogs/rules";
import type { WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import {
  clearUnread,
  closeEpisode,
  endDialog,
  findDialog,
  findHolder,
  listMessageRows,
  resolveDialog,
} from "./repository";

/** Refuses: NOT_FOUND. */
export async function getDialog(ctx: WorkspaceCtx, { id }: { id: string }): Promise<DialogDetail> {
  const dialog = await findDialog(ctx.db, ctx.workspaceId, id);
  if (!dialog) throw notFound("Dialog");
  return dialog;
}

/** The latest page first, each page oldest message first; `nextCursor` leads to older ones. Refuses: NOT_FOUND. */
export async function listMessages(
  ctx: WorkspaceCtx,
  { dialogId, cursor, limit }: ListMessagesInput,
): Promise<Page<MessageItem>> {
  await getDialog(ctx, { id: dialogId });
  const beforeSeq = cursor === undefined ? undefined : Number(cursor);
  const rater = raterOf(ctx.actor);
  const rows = await listMessageRows(ctx.db, ctx.workspaceId, dialogId, { beforeSeq, limit: limit + 1, rater });
  const hasMore = rows.length > limit;
  const shown = hasMore ? rows.slice(1) : rows;
  const isPayer = ctx.actor.kind === "member" && maySeeMoney(ctx.actor.memberRole);
  const items = isPayer ? shown : shown.map((item) => ({ ...item, chargeMicros: null }));
  return { items, nextCursor: hasMore ? String(items[0]?.seq) : null };
}

/**
 * Ends a dialog, and with it the wait for a person or the talk with one; the next message opens another. Ending it twice is
 * fine: a resolution given later takes the place of an earlier one. Refuses: NOT_FOUND; CONFLICT to an operator while another
 * person has the dialog.
 */
export async function closeDialog(
  ctx: WorkspaceCtx,
  { dialogId, resolution, note = "" }: CloseDialogInput,
): Promise<{ ok: true }> {
  return inTransaction(ctx, async (tx) => {
    await getDialog(tx, { id: dialogId });
    const now = tx.now();
    const closedBy = tx.actor.kind === "member" ? tx.actor.userId : null;
    const isEnded = await endDialog(tx.db, tx.workspaceId, dialogId, { now, closedBy });
    if (isEnded) {
      // Looked at behind the lock that ending took; a refusal takes the end back with it.
      await assertMayClose(tx, dialogId);
      if (await closeEpisode(tx.db, tx.workspaceId, dialogId, now)) {
        await audit(tx, { operation: "handoff.closed", targetKind: "dialog", targetId: dialogId });
        await publish(tx, { type: "handoff.closed", ids: { dialogId } });
      }
    }
    const isResolved = resolution !== undefined && (await resolve(tx, { dialogId, resolution, note }));
    if (isEnded || isResolved) await publish(tx, { type: "dialog.changed", ids: { dialogId } });
    return { ok: true as const };
  });
}

type Resolved = { dialogId: string; resolution: Resolution; note: string };

async function resolve(ctx: WorkspaceCtx, { dialogId, ...said }: Resolved): Promise<boolean> {
  const userId = ctx.actor.kind === "member" ? ctx.actor.userId : null;
  if (!(await resolveDialog(ctx.db, ctx.workspaceId, dialogId, { ...said, userId }))) return false;
  const detail = { resolution: said.resolution };
  await audit(ctx, { operation: "dialogs.resolved", targetKind: "dialog", targetId: dialogId, detail });
  return true;
}

async function assertMayClose(ctx: WorkspaceCtx, dialogId: string): Promise<void> {
  if (ctx.actor.kind !== "member" || ctx.actor.memberRole !== "operator") return;
  const holder = await findHolder(ctx.db, ctx.workspaceId, dialogId);
  if (!holder || holder.userId === ctx.actor.userId) return;
  throw new AppError("CONFLICT", "Another person has this dialog.", {
    facts: { reason: "not-yours", status: "active", holder: holder.name },
  });
}

/** The team has seen this dialog. Refuses: NOT_FOUND. */
export async function markRead(ctx: WorkspaceCtx, { dialogId }: { dialogId: string }): Promise<{ ok: true }> {
  return inTransaction(ctx, async (tx) => {
    await getDialog(tx, { id: dialogId });
    if (await clearUnread(tx.db, tx.workspaceId, dialogId))
      await publish(tx, { type: "dialog.changed", ids: { dialogId } });
    return { ok: true as const };
  });
}
