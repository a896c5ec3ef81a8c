import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { PresenceStatus } from "@/db/enums";
import { dialogs } from "@/db/schema/dialogs";
import { handoffSessions, operatorPresence } from "@/db/schema/handoff";
import { users } from "@/db/schema/users";
import { workspaceMembers } from "@/db/schema/workspaces";
import type { WorkspaceId } from "@/lib/brand";
import type { Load } from "@/modules/handoff/contract";

const columns = {
  status: operatorPresence.status,
  heartbeatAt: operatorPresence.heartbeatAt,
  visibleAt: operatorPresence.visibleAt,
  hiddenAt: operatorPresence.hiddenAt,
  announced: operatorPresence.announced,
  siteCapacity: operatorPresence.siteCapacity,
  telegramCapacity: operatorPresence.telegramCapacity,
};

const ofPerson = (workspaceId: WorkspaceId, userId: string) =>
  and(eq(operatorPresence.workspaceId, workspaceId), eq(operatorPresence.userId, userId));

/** Holds a person's presence until the transaction ends, so that two takes of one person count each other. Made when absent. */
export async function lockPresence(db: Db, workspaceId: WorkspaceId, userId: string) {
  await db.insert(operatorPresence).values({ workspaceId, userId }).onConflictDoNothing();
  const [row] = await db.select(columns).from(operatorPresence).where(ofPerson(workspaceId, userId)).for("update");
  if (!row) throw new Error("The presence that was just made is gone.");
  return row;
}

export async function findPresence(db: Db, workspaceId: WorkspaceId, userId: string) {
  const [row] = await db.select(columns).from(operatorPresence).where(ofPerson(workspaceId, userId));
  return row;
}

export type PresenceRow = Awaited<ReturnType<typeof lockPresence>>;

export async function updatePresence(
  db: Db,
  workspaceId: WorkspaceId,
  userId: string,
  change: Partial<PresenceRow>,
): Promise<void> {
  await db.update(operatorPresence).set(change).where(ofPerson(workspaceId, userId));
}

/** A sign of life of somebody whose presence is known. False for a person who never was here. */
export async function refreshHeartbeat(db: Db, workspaceId: WorkspaceId, userId: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(operatorPresence)
    .set({ heartbeatAt: now })
    .where(ofPerson(workspaceId, userId))
    .returning({ userId: operatorPresence.userId });
  return rows.length > 0;
}

const load = (kind: "site" | "telegram") =>
  sql<number>`count(*) filter (where ${dialogs.channel} ${kind === "telegram" ? sql`=` : sql`<>`} 'telegram')::int`;

/** How many dialogs a person has now, counted by the capacity that they use up. */
export async function countLoad(db: Db, workspaceId: WorkspaceId, userId: string): Promise<Load> {
  const [row] = await db
    .select({ site: load("site"), telegram: load("telegram") })
    .from(handoffSessions)
    .innerJoin(dialogs, eq(dialogs.id, handoffSessions.dialogId))
    .where(
      and(
        eq(handoffSessions.workspaceId, workspaceId),
        eq(handoffSessions.takenBy, userId),
        isNull(handoffSessions.endedAt),
        eq(dialogs.handoffStatus, "active"),
      ),
    );
  return row ?? { site: 0, telegram: 0 };
}

/** Every member with what is known of their presence and load, in one query. */
export async function listOperators(db: Db, workspaceId: WorkspaceId) {
  return db
    .select({
      ...columns,
      userId: workspaceMembers.userId,
      name: users.name,
      site: load("site"),
      telegram: load("telegram"),
    })
    .from(workspaceMembers)
    .innerJoin(users, eq(users.id, workspaceMembers.userId))
    .leftJoin(
      operatorPresence,
      and(eq(operatorPresence.workspaceId, workspaceId), eq(operatorPresence.userId, workspaceMembers.userId)),
    )
    .leftJoin(
      handoffSessions,
      and(
        eq(handoffSessions.workspaceId, workspaceId),
        eq(handoffSessions.takenBy, workspaceMembers.userId),
        isNull(handoffSessions.endedAt),
      ),
    )
    .leftJoin(dialogs, and(eq(dialogs.id, handoffSessions.dialogId), eq(dialogs.handoffStatus, "active")))
    .where(eq(workspaceMembers.workspaceId, workspaceId))
    .groupBy(workspaceMembers.userId, users.name, operatorPresence.workspaceId, operatorPresence.userId)
    .orderBy(users.name, workspaceMembers.userId);
}

export async function findMemberName(db: Db, workspaceId: WorkspaceId, userId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ name: users.name })
    .from(workspaceMembers)
    .innerJoin(users, eq(users.id, workspaceMembers.userId))
    .where(and(eq(workspaceMembers.workspaceId, workspaceId), eq(workspaceMembers.userId, userId)));
  return row?.name;
}

/** Whoever the team still believes to be here without a sign of life since `before` is offline now. */
export async function silenceStale(db: Db, before: Date): Promise<{ workspaceId: string; userId: string }[]> {
  return db
    .update(operatorPresence)
    .set({ announced: "offline" satisfies PresenceStatus })
    .where(
      and(
        ne(operatorPresence.announced, "offline"),
        sql`coalesce(${operatorPresence.heartbeatAt}, '-infinity') < ${before.toISOString()}::timestamptz`,
      ),
    )
    .returning({ workspaceId: operatorPresence.workspaceId, userId: operatorPresence.userId });
}
