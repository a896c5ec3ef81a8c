import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { LedgerAccount, LedgerKind, Service } from "@/db/enums";
import { ledgerEntries, ledgerTransactions, servicePrices, wallets, welcomeGrants } from "@/db/schema/balance";
import { workspaceMembers, workspaces } from "@/db/schema/workspaces";
import { users } from "@/db/schema/users";
import type { WorkspaceId } from "@/lib/brand";
import type { WalletState } from "../contract";
import type { Left } from "./charging-repository";

export async function findWallet(db: Db, workspaceId: WorkspaceId): Promise<WalletState | undefined> {
  const [row] = await db
    .select({ availableMicros: wallets.availableMicros, heldMicros: wallets.heldMicros })
    .from(wallets)
    .where(eq(wallets.workspaceId, workspaceId));
  return row;
}

/** What the wallet has, held money included, and which letters about it have left. */
export async function findLeft(db: Db, workspaceId: WorkspaceId): Promise<Left | undefined> {
  const [row] = await db
    .select({
      leftMicros: sql`${wallets.availableMicros} + ${wallets.heldMicros}`.mapWith(Number),
      isLowTold: sql<boolean>`${wallets.lowNoticeAt} is not null`,
      isEmptyTold: sql<boolean>`${wallets.emptyNoticeAt} is not null`,
    })
    .from(wallets)
    .where(eq(wallets.workspaceId, workspaceId));
  return row;
}

/** The price in force; undefined when the service is not offered. */
export async function findPrice(db: Db, service: Service): Promise<number | undefined> {
  const [row] = await db
    .select({ priceMicros: servicePrices.priceMicros })
    .from(servicePrices)
    .where(and(eq(servicePrices.service, service), eq(servicePrices.isActive, true)));
  return row?.priceMicros;
}

/**
 * Moves `amountMicros` into (or, below zero, out of) what is available. Undefined, and nothing changed, when the wallet
 * would fall below zero or grow, with what is held and may come back, past what a number holds.
 */
export async function changeAvailable(
  db: Db,
  workspaceId: WorkspaceId,
  amountMicros: number,
): Promise<WalletState | undefined> {
  const [row] = await db
    .update(wallets)
    .set({ availableMicros: sql`${wallets.availableMicros} + ${amountMicros}::bigint` })
    .where(
      and(
        eq(wallets.workspaceId, workspaceId),
        sql`${wallets.availableMicros} + ${amountMicros}::bigint between 0 and ${Number.MAX_SAFE_INTEGER}::bigint - ${wallets.heldMicros}`,
      ),
    )
    .returning({ availableMicros: wallets.availableMicros, heldMicros: wallets.heldMicros });
  return row;
}

type Move = {
  kind: LedgerKind;
  idempotencyKey: string;
  actor: { kind: string; id: string | null };
  description: string;
  /** Where the money comes from, or goes to when the amount is negative. */
  counterpart: LedgerAccount;
  amountMicros: number;
  at: Date;
};

/** Books money against what is available. False when the key was used before; then nothing is written. */
export async function insertMove(db: Db, workspaceId: WorkspaceId, move: Move): Promise<boolean> {
  const [booked] = await db
    .insert(ledgerTransactions)
    .values({
      workspaceId,
      kind: move.kind,
      idempotencyKey: move.idempotencyKey,
      actorKind: move.actor.kind,
      actorId: move.actor.id,
      description: move.description,
      createdAt: move.at,
    })
    .onConflictDoNothing({ target: ledgerTransactions.idempotencyKey })
    .returning({ id: ledgerTransactions.id });
  if (!booked) return false;
  const side = { transactionId: booked.id, workspaceId };
  await db.insert(ledgerEntries).values([
    { ...side, account: "available", amountMicros: move.amountMicros },
    { ...side, account: move.counterpart, amountMicros: -move.amountMicros },
  ]);
  return true;
}

/** Remembers who got the welcome bonus; false when this person or this workspace had it already. */
export async function insertWelcomeGrant(db: Db, workspaceId: WorkspaceId, userId: string): Promise<boolean> {
  const rows = await db
    .insert(welcomeGrants)
    .values({ workspaceId, userId })
    .onConflictDoNothing()
    .returning({ userId: welcomeGrants.userId });
  return rows.length > 0;
}

/** Marks a letter as sent in this cycle; false when a twin was faster. */
export async function markTold(db: Db, workspaceId: WorkspaceId, notice: "low" | "empty", now: Date): Promise<boolean> {
  const column = notice === "low" ? wallets.lowNoticeAt : wallets.emptyNoticeAt;
  const rows = await db
    .update(wallets)
    // An empty balance is a low one too: the milder letter must not follow the graver.
    .set(notice === "low" ? { lowNoticeAt: now } : { lowNoticeAt: now, emptyNoticeAt: now })
    .where(and(eq(wallets.workspaceId, workspaceId), sql`${column} is null`))
    .returning({ workspaceId: wallets.workspaceId });
  return rows.length > 0;
}

/** Starts a new cycle of letters after money came in, as far as the new amount reaches. */
export async function forgetTold(db: Db, workspaceId: WorkspaceId, forget: { low: boolean }): Promise<void> {
  await db
    .update(wallets)
    .set(forget.low ? { lowNoticeAt: null, emptyNoticeAt: null } : { emptyNoticeAt: null })
    .where(eq(wallets.workspaceId, workspaceId));
}

/** Who gets letters about money: owners and admins of the workspace. */
export async function listPayers(db: Db, workspaceId: WorkspaceId) {
  return db
    .select({
      userId: users.id,
      email: users.email,
      locale: users.locale,
      name: workspaces.name,
      slug: workspaces.slug,
    })
    .from(workspaceMembers)
    .innerJoin(users, eq(users.id, workspaceMembers.userId))
    .innerJoin(workspaces, eq(workspaces.id, workspaceMembers.workspaceId))
    .where(
      and(
        eq(workspaceMembers.workspaceId, workspaceId),
        sql`${workspaceMembers.role} in ('owner', 'admin')`,
        eq(users.status, "active"),
      ),
    );
}
