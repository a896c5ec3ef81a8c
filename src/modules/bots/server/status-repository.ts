import { and, eq, isNull, lt, ne, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { BotStatus } from "@/db/enums";
import { assistants } from "@/db/schema/assistants";
import { bots } from "@/db/schema/bots";
import { users } from "@/db/schema/users";
import { workspaceMembers, workspaces } from "@/db/schema/workspaces";
import type { WorkspaceId } from "@/lib/brand";
import type { BotFault } from "@/modules/bots/doctor/contract";

const TOUCH_EVERY = sql`interval '5 seconds'`;

/** Writes a state that differs from the stored one; false when it was the same. */
export async function updateStatus(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  status: BotStatus,
  lastError: BotFault | null,
): Promise<boolean> {
  const rows = await db
    .update(bots)
    .set({ status, lastError })
    .where(
      and(
        eq(bots.workspaceId, workspaceId),
        eq(bots.id, id),
        eq(bots.isActive, true),
        or(ne(bots.status, status), sql`${bots.lastError} is distinct from ${lastError}`),
      ),
    )
    .returning({ id: bots.id });
  return rows.length > 0;
}

/** Remembers that an update came, at most every five seconds, so a busy bot does not rewrite its row all the time. */
export async function touchBot(db: Db, workspaceId: WorkspaceId, id: string, now: Date): Promise<boolean> {
  const isStale = or(
    isNull(bots.lastUpdateAt),
    lt(bots.lastUpdateAt, sql`${now.toISOString()}::timestamptz - ${TOUCH_EVERY}`),
  );
  const rows = await db
    .update(bots)
    .set({ lastUpdateAt: now })
    .where(and(eq(bots.workspaceId, workspaceId), eq(bots.id, id), isStale))
    .returning({ id: bots.id });
  return rows.length > 0;
}

/** Everybody who has to know when this bot stops working. */
export async function listOwners(db: Db, workspaceId: WorkspaceId, botId: string) {
  return db
    .select({
      userId: users.id,
      email: users.email,
      locale: users.locale,
      workspaceSlug: workspaces.slug,
      assistantId: assistants.id,
      assistantName: assistants.name,
      botName: bots.username,
      tokenLast4: bots.tokenLast4,
    })
    .from(bots)
    .innerJoin(assistants, eq(assistants.id, bots.assistantId))
    .innerJoin(workspaces, eq(workspaces.id, bots.workspaceId))
    .innerJoin(
      workspaceMembers,
      and(eq(workspaceMembers.workspaceId, bots.workspaceId), eq(workspaceMembers.role, "owner")),
    )
    .innerJoin(users, eq(users.id, workspaceMembers.userId))
    .where(and(eq(bots.workspaceId, workspaceId), eq(bots.id, botId)));
}
