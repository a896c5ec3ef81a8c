import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Service } from "@/db/enums";
import { executePrepared } from "@/db/prepared";
import type { WorkspaceId } from "@/lib/brand";
import { captureCtes, dueCte, holdCtes, type Reference, releaseCtes } from "./charging-sql";

type Booking = { workspaceId: WorkspaceId; reference: Reference; at: Date; actor: { kind: string; id: string | null } };

/** What the wallet has after a charge, for the letters about a low balance. */
export type Left = { leftMicros: number; isLowTold: boolean; isEmptyTold: boolean };

/** Reserves the price; `priceMicros` null when the service is not offered, `isReserved` false when money is short. */
export async function reserve(
  db: Db,
  booking: Booking,
  service: Service,
): Promise<{ priceMicros: number | null; isReserved: boolean }> {
  const [row] = await executePrepared<{ price: string | null; isReserved: boolean }>(
    db,
    sql`with ${holdCtes(booking, sql`${service}`, sql`true`)}
      select (select price_micros from priced) as price, exists (select from reserved) as "isReserved"`,
  );
  if (!row) throw new Error("The hold returned no row.");
  return { priceMicros: row.price === null ? null : Number(row.price), isReserved: row.isReserved };
}

/** Charges an open hold. Undefined when there is none: charged already, given back or never made. */
export async function capture(
  db: Db,
  booking: Booking,
  charge: { kind: "charge_answer" | "charge_document"; key: string; about: string },
): Promise<(Left & { priceMicros: number }) | undefined> {
  const [row] = await executePrepared<{ price: string; left: string; isLowTold: boolean; isEmptyTold: boolean }>(
    db,
    sql`with ${dueCte(booking, sql`true`)}, ${captureCtes(booking, charge, sql`true`)}
      select captured.price_micros as price, left_micros as left, is_low_told as "isLowTold", is_empty_told as "isEmptyTold"
      from captured, spent`,
  );
  return (
    row && {
      priceMicros: Number(row.price),
      leftMicros: Number(row.left),
      isLowTold: row.isLowTold,
      isEmptyTold: row.isEmptyTold,
    }
  );
}

/** Gives an open hold back; false when there is none. */
export async function release(db: Db, booking: Booking): Promise<boolean> {
  const rows = await executePrepared(
    db,
    sql`with ${releaseCtes(booking, sql`true`)} select price_micros from released`,
  );
  return rows.length > 0;
}

/**
 * Open holds that are past their time and whose work is not under way, oldest first. The caller closes each in its own
 * workspace. A running answer or a document in the works keeps its hold however long it takes.
 */
export async function listForgottenHolds(db: Db, now: Date, limit: number) {
  // A sweep of the platform: the rows name their workspaces, which is where each is then closed.
  return db.execute<{ workspaceId: WorkspaceId; kind: Reference["kind"]; id: string }>(sql`
    select h.workspace_id as "workspaceId", h.reference_kind as kind, h.reference_id as id from holds h
    where h.state = 'open' and h.expires_at < ${now.toISOString()}::timestamptz
      and not exists (select from generations g where h.reference_kind = 'generation' and g.id = h.reference_id and g.state = 'running')
      and not exists (select from documents d where h.reference_kind = 'document' and d.workspace_id = h.workspace_id
        and d.charge_id = h.reference_id and d.status in ('queued', 'extracting', 'chunking', 'embedding'))
    order by h.expires_at limit ${limit}`);
}
