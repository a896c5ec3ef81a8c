import { and, desc, eq, gt, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { assistants } from "@/db/schema/assistants";
import { dialogs, messages } from "@/db/schema/dialogs";
import type { WorkspaceId } from "@/lib/brand";

// What the model remembers of a talk, and what a burst may have added.
const READ_MESSAGES = 24;

/** A dialog with its assistant and the talk since the last one with people that is over, oldest first. */
export async function readTalk(db: Db, workspaceId: WorkspaceId, dialogId: string) {
  const [dialog] = await db
    .select({
      assistantId: dialogs.assistantId,
      channel: dialogs.channel,
      visitorLocale: dialogs.visitorLocale,
      summary: dialogs.summary,
      closedTalk: dialogs.boundarySummary,
      boundarySeq: dialogs.boundarySeq,
      assistant: {
        name: assistants.name,
        instructions: assistants.instructions,
        model: assistants.model,
        tone: assistants.tone,
        language: assistants.language,
        noAnswerPolicy: assistants.noAnswerPolicy,
      },
    })
    .from(dialogs)
    .innerJoin(assistants, eq(assistants.id, dialogs.assistantId))
    .where(and(eq(dialogs.id, dialogId), eq(dialogs.workspaceId, workspaceId)));
  if (!dialog) return undefined;
  const rows = await db
    .select({ seq: messages.seq, author: messages.author, text: messages.text })
    .from(messages)
    .where(
      and(
        eq(messages.dialogId, dialogId),
        eq(messages.workspaceId, workspaceId),
        gt(messages.seq, dialog.boundarySeq),
        isNull(messages.removedAt),
      ),
    )
    .orderBy(desc(messages.seq))
    .limit(READ_MESSAGES);
  return { ...dialog, messages: rows.reverse() };
}

/** Whether a message is somebody's reply to the visitor, and not the visitor's own. */
export async function isReply(db: Db, workspaceId: WorkspaceId, messageId: string): Promise<boolean> {
  const [row] = await db
    .select({ author: messages.author })
    .from(messages)
    .where(and(eq(messages.id, messageId), eq(messages.workspaceId, workspaceId)));
  return row?.author === "operator" || row?.author === "assistant";
}
