import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { WorkspaceId } from "@/lib/brand";
import { newId } from "@/lib/ids";
import { changeAvailable, findWallet, insertMove } from "./server/repository";

/** Credits a workspace the way staff would, ledger included. */
export async function givenFunds(db: Db, workspaceId: WorkspaceId, amountMicros: number): Promise<void> {
  if (amountMicros === 0) return;
  await insertMove(db, workspaceId, {
    kind: "admin_adjustment",
    idempotencyKey: `opening:${newId()}`,
    actor: { kind: "system", id: null },
    description: "Opening balance",
    counterpart: "adjustments",
    amountMicros,
    at: new Date(),
  });
  await changeAvailable(db, workspaceId, amountMicros);
}

/** What a wallet says beside what its ledger says; they are equal or something is broken. */
export async function accountsOf(db: Db, workspaceId: WorkspaceId) {
  const wallet = await findWallet(db, workspaceId);
  const [ledger] = await db.execute<{
    available: string;
    held: string;
    revenue: string;
    sum: string;
    charges: number;
  }>(sql`
    select coalesce(sum(amount_micros) filter (where account = 'available'), 0) as available,
      coalesce(sum(amount_micros) filter (where account = 'held'), 0) as held,
      coalesce(sum(amount_micros) filter (where account = 'revenue'), 0) as revenue,
      coalesce(sum(amount_micros), 0) as sum,
      (select count(*)::int from ledger_transactions where workspace_id = ${workspaceId}::uuid and kind in ('charge_answer', 'charge_document')) as charges
    from ledger_entries where workspace_id = ${workspaceId}::uuid`);
  return {
    availableMicros: wallet?.availableMicros,
    heldMicros: wallet?.heldMicros,
    ledger: {
      availableMicros: Number(ledger?.available),
      heldMicros: Number(ledger?.held),
      revenueMicros: Number(ledger?.revenue),
      sumMicros: Number(ledger?.sum),
      charges: ledger?.charges ?? 0,
    },
  };
}
