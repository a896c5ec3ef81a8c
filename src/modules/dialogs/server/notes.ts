import { AppError } from "@/lib/errors";
import { storable } from "@/lib/text";
import type { NoteInput, NoteItem, TagInput } from "@/modules/dialogs/contract";
import { dialogLimits } from "@/modules/dialogs/limits";
import type { WorkspaceCtx } from "@/server/context";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { mention, resolveMentions } from "./mentions/service";
import { deleteTag, insertNote, insertTag, listNoteRows, listTagRows } from "./notes-repository";
import { getDialog } from "./service";

/**
 * Adds a note that only the team sees, once per client id; by the system when no member acts. Members whom a member's own note
 * names as `@Name` or `@[id]` get an unread mention. Refuses: NOT_FOUND.
 */
export async function addTeamNote(
  ctx: WorkspaceCtx,
  { dialogId, id, text }: NoteInput,
  { quotesVisitor = false } = {},
): Promise<NoteItem> {
  return inTransaction(ctx, async (tx) => {
    await getDialog(tx, { id: dialogId });
    const userId = tx.actor.kind === "member" ? tx.actor.userId : null;
    const words = storable(text);
    // Visitors, and models that they talk to, call nobody of the team by name.
    const named = userId === null || quotesVisitor ? { text: words, userIds: [] } : await resolveMentions(tx, words);
    const note = { dialogId, userId, clientId: id, text: named.text, createdAt: tx.now() };
    const noteId = await insertNote(tx.db, tx.workspaceId, note);
    if (noteId) {
      await mention(tx, { noteId, dialogId }, named.userIds);
      await publish(tx, { type: "dialog.changed", ids: { dialogId } });
    }
    const [stored] = await listNoteRows(tx.db, tx.workspaceId, dialogId, { clientId: id, limit: 1 });
    if (!stored) throw new Error("The note that was just written is gone.");
    return stored;
  });
}

/** The team's notes on a dialog, newest first. Refuses: NOT_FOUND. */
export async function listNotes(ctx: WorkspaceCtx, { dialogId }: { dialogId: string }): Promise<{ items: NoteItem[] }> {
  await getDialog(ctx, { id: dialogId });
  return { items: await listNoteRows(ctx.db, ctx.workspaceId, dialogId, { limit: dialogLimits.maxPage }) };
}

/** Puts a tag on a dialog or takes it off; doing either twice is fine. Refuses: NOT_FOUND; CONFLICT past twenty tags. */
export async function tagDialog(ctx: WorkspaceCtx, { dialogId, text, remove }: TagInput): Promise<{ tags: string[] }> {
  return inTransaction(ctx, async (tx) => {
    await getDialog(tx, { id: dialogId });
    const change = remove ? deleteTag : insertTag;
    const isChanged = await change(tx.db, tx.workspaceId, dialogId, text);
    const tags = await listTagRows(tx.db, tx.workspaceId, dialogId);
    if (tags.length > dialogLimits.tags) {
      throw new AppError("CONFLICT", `A dialog has at most ${dialogLimits.tags} tags.`, {
        facts: { reason: "too-many-tags", limit: dialogLimits.tags },
      });
    }
    if (isChanged) await publish(tx, { type: "dialog.changed", ids: { dialogId } });
    return { tags };
  });
}
