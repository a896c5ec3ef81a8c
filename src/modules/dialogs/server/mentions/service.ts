import type { Page } from "@/modules/dialogs/contract";
import type { ListMentionsInput, MentionItem } from "@/modules/dialogs/mentions/contract";
import { mentionedIds, withMentionIds, withMentionNames } from "@/modules/dialogs/mentions/rules";
import { parseCursor, toCursor } from "@/modules/dialogs/rules";
import { getDialog } from "@/modules/dialogs/server/service";
import type { MemberCtx, WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { countUnreadMentions, insertMentions, listMentionRows, listNames, markMentionsRead } from "./repository";

/** A note's text with the members it names as ids, and who they are. Ids that belong to no member stay words. */
export async function resolveMentions(ctx: WorkspaceCtx, text: string): Promise<{ text: string; userIds: string[] }> {
  if (!text.includes("@")) return { text, userIds: [] };
  const members = await listNames(ctx.db, ctx.workspaceId);
  const resolved = withMentionIds(text, members);
  const known = new Set(members.map(({ userId }) => userId));
  return { text: resolved, userIds: mentionedIds(resolved).filter((id) => known.has(id)) };
}

/** Tells members that a note names them; its author knows already. In the transaction that stores the note. */
export async function mention(
  ctx: WorkspaceCtx,
  note: { noteId: string; dialogId: string },
  userIds: readonly string[],
): Promise<void> {
  const author = ctx.actor.kind === "member" ? ctx.actor.userId : null;
  const createdAt = ctx.now();
  const others = userIds.filter((id) => id !== author);
  await insertMentions(ctx.db, ctx.workspaceId, { ...note, createdAt }, others);
}

/** Notes that name the caller, newest first. A cursor that cannot be read starts from the top. */
export async function listMentions(ctx: MemberCtx, { cursor, limit }: ListMentionsInput): Promise<Page<MentionItem>> {
  const page = { before: parseCursor(cursor), limit: limit + 1 };
  const rows = await listMentionRows(ctx.db, ctx.workspaceId, ctx.actor.userId, page);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ named, ...item }) => ({ ...item, text: withMentionNames(item.text, named) })),
    nextCursor: rows.length > limit && last ? toCursor(last.createdAt, last.noteId) : null,
  };
}

/** How many notes name the caller that the caller has not seen. */
export async function countMentions(ctx: MemberCtx): Promise<{ unread: number }> {
  return { unread: await countUnreadMentions(ctx.db, ctx.workspaceId, ctx.actor.userId) };
}

/** The caller looked at the dialog, and with it at the notes that name the caller there. Refuses: NOT_FOUND. */
export async function readMentions(ctx: MemberCtx, { dialogId }: { dialogId: string }): Promise<{ read: number }> {
  return inTransaction(ctx, async (tx) => {
    await getDialog(tx, { id: dialogId });
    const { userId } = tx.actor;
    const read = await markMentionsRead(tx.db, tx.workspaceId, userId, { dialogId, now: tx.now() });
    if (read > 0) await publish(tx, { type: "dialog.changed", ids: { dialogId } });
    return { read };
  });
}
