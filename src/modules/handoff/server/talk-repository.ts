import { and, desc, eq, gt, ne } from "drizzle-orm";
import type { Db } from "@/db/client";
import { messages } from "@/db/schema/dialogs";
import { users } from "@/db/schema/users";
import type { WorkspaceId } from "@/lib/brand";

const TALK_MESSAGES = 40;

/** What was said since `boundarySeq`, oldest first. */
export async function listTalk(db: Db, workspaceId: WorkspaceId, dialogId: string, boundarySeq: number) {
  const rows = await db
    .select({ author: messages.author, text: messages.text })
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.dialogId, dialogId), gt(messages.seq, boundarySeq)))
    .orderBy(desc(messages.seq))
    .limit(TALK_MESSAGES);
  return rows.reverse();
}

/** The newest words of another person of the team behind a message; undefined when there are none. */
export async function findColleagueAfter(
  db: Db,
  workspaceId: WorkspaceId,
  { dialogId, seenSeq, userId }: { dialogId: string; seenSeq: number; userId: string },
) {
  const [row] = await db
    .select({ name: users.name, repliedAt: messages.createdAt })
    .from(messages)
    .innerJoin(users, eq(users.id, messages.userId))
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.dialogId, dialogId),
        eq(messages.author, "operator"),
        gt(messages.seq, seenSeq),
        ne(messages.userId, userId),
      ),
    )
    .orderBy(desc(messages.seq))
    .limit(1);
  return row;
}

/** The words of one answer; undefined for anything that is none. */
export async function findAnswerText(
  db: Db,
  workspaceId: WorkspaceId,
  { dialogId, messageId }: { dialogId: string; messageId: string },
): Promise<string | undefined> {
  const [row] = await db
    .select({ text: messages.text })
    .from(messages)
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.dialogId, dialogId),
        eq(messages.id, messageId),
        eq(messages.author, "assistant"),
      ),
    );
  return row?.text;
}
