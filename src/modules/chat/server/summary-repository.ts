import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { dialogs, messages } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";

/** The summary so far and the messages after it, without the newest that the model still sees whole. */
export async function readForSummary(db: Db, workspaceId: WorkspaceId, dialogId: string, keptWhole: number) {
  const [dialog] = await db
    .select({ summary: dialogs.summary, summaryThroughSeq: dialogs.summaryThroughSeq, lastSeq: dialogs.messageSeq })
    .from(dialogs)
    .where(and(eq(dialogs.id, dialogId), eq(dialogs.workspaceId, workspaceId)));
  if (!dialog) return undefined;
  const rows = await db
    .select({ seq: messages.seq, author: messages.author, text: messages.text })
    .from(messages)
    .where(
      and(
        eq(messages.dialogId, dialogId),
        eq(messages.workspaceId, workspaceId),
        gt(messages.seq, dialog.summaryThroughSeq),
        sql`${messages.seq} <= ${dialog.lastSeq - keptWhole}`,
      ),
    )
    .orderBy(asc(messages.seq));
  return { ...dialog, messages: rows };
}

/** Replaces the summary unless another job was faster. */
export async function writeSummary(
  db: Db,
  workspaceId: WorkspaceId,
  dialogId: string,
  { summary, throughSeq, previousSeq }: { summary: string; throughSeq: number; previousSeq: number },
): Promise<void> {
  await db
    .update(dialogs)
    .set({ summary, summaryThroughSeq: throughSeq })
    .where(
      and(eq(dialogs.id, dialogId), eq(dialogs.workspaceId, workspaceId), eq(dialogs.summaryThroughSeq, previousSeq)),
    );
}
