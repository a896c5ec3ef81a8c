import { sql, type SQL } from "drizzle-orm";
import type { HoldReference, LedgerKind } from "@/db/enums";
import type { WorkspaceId } from "@/lib/brand";
import { newId } from "@/lib/ids";

/*
 * The money side of a statement: fragments of a `with` list, so that work and its price are written by one statement and
 * can never disagree. Rows are locked in the order dialog, generation, hold, wallet; a statement that joins them keeps it.
 */

/** The work that a hold pays for: one hold per work, whatever happens. */
export type Reference = { kind: HoldReference; id: string };

type Booking = { workspaceId: WorkspaceId; reference: Reference; at: Date; actor: { kind: string; id: string | null } };

/** How long a hold may stay open when nobody closes it; far beyond the longest turn. */
const HOLD_LIFE_MS = 60 * 60_000;

/**
 * Reserves the price of a service if `when` holds and the wallet has it. Gives `priced` (no row: the service is not
 * offered) and `reserved` (no row: not enough money), both with `price_micros`.
 */
export function holdCtes({ workspaceId, reference, at, actor }: Booking, service: SQL, when: SQL): SQL {
  const expiresAt = new Date(at.getTime() + HOLD_LIFE_MS).toISOString();
  return sql`priced as (
      select service, price_micros from service_prices where service = ${service} and is_active
    ), funded as (
      update wallets set available_micros = available_micros - priced.price_micros, held_micros = held_micros + priced.price_micros,
        updated_at = ${at.toISOString()}::timestamptz
      from priced where wallets.workspace_id = ${workspaceId}::uuid and available_micros >= priced.price_micros and ${when}
      returning priced.service, priced.price_micros
    ), reserved as (
      insert into holds (id, workspace_id, service, price_micros, reference_kind, reference_id, expires_at, created_at)
      select ${newId()}::uuid, ${workspaceId}::uuid, funded.service, funded.price_micros, ${reference.kind}, ${reference.id}::uuid,
        ${expiresAt}::timestamptz, ${at.toISOString()}::timestamptz
      from funded returning price_micros
    ), ${bookCtes("held", { workspaceId, reference, at, actor }, { kind: "hold", key: `hold:${reference.id}`, from: "available", to: "held", source: sql`reserved` })}`;
}

/** Locks the open hold of a work if `when` holds: gives `due` with `id` and `price_micros`, no row when it was closed. */
export function dueCte({ workspaceId, reference }: Pick<Booking, "workspaceId" | "reference">, when: SQL): SQL {
  return sql`due as (
      select id, price_micros from holds
      where workspace_id = ${workspaceId}::uuid and reference_kind = ${reference.kind} and reference_id = ${reference.id}::uuid and state = 'open' and ${when}
      for update
    )`;
}

/** Turns the hold in `due` into a charge if `when` holds. Gives `captured` and `spent` with what the wallet is left with. */
export function captureCtes(
  booking: Booking,
  charge: { kind: Extract<LedgerKind, "charge_answer" | "charge_document">; key: string; about: Reference["id"] },
  when: SQL,
): SQL {
  const { workspaceId, at } = booking;
  return sql`captured as (
      update holds set state = 'captured', closed_at = ${at.toISOString()}::timestamptz
      from due where holds.id = due.id and ${when} returning holds.price_micros
    ), spent as (
      update wallets set held_micros = held_micros - captured.price_micros, updated_at = ${at.toISOString()}::timestamptz
      from captured where wallets.workspace_id = ${workspaceId}::uuid
      returning available_micros + held_micros as left_micros, low_notice_at is not null as is_low_told, empty_notice_at is not null as is_empty_told
    ), ${bookCtes("charged", { ...booking, reference: { kind: booking.reference.kind, id: charge.about } }, { ...charge, from: "held", to: "revenue", source: sql`captured` })}`;
}

/** Gives the open hold of a work back if `when` holds. Gives `released` with `price_micros`. */
export function releaseCtes(booking: Booking, when: SQL): SQL {
  const { workspaceId, reference, at } = booking;
  return sql`released as (
      update holds set state = 'released', closed_at = ${at.toISOString()}::timestamptz
      where workspace_id = ${workspaceId}::uuid and reference_kind = ${reference.kind} and reference_id = ${reference.id}::uuid and state = 'open' and ${when}
      returning price_micros
    ), given_back as (
      update wallets set available_micros = available_micros + released.price_micros, held_micros = held_micros - released.price_micros,
        updated_at = ${at.toISOString()}::timestamptz
      from released where wallets.workspace_id = ${workspaceId}::uuid
    ), ${bookCtes("released", booking, { kind: "release", key: `release:${reference.id}`, from: "held", to: "available", source: sql`released` })}`;
}

type Move = {
  kind: LedgerKind;
  key: string;
  from: "available" | "held";
  to: "available" | "held" | "revenue";
  source: SQL;
};

/** One ledger transaction with its two entries, when `source` has a row whose `price_micros` is not zero. */
function bookCtes(name: "held" | "charged" | "released", booking: Booking, move: Move): SQL {
  const { workspaceId, reference, at, actor } = booking;
  const booked = sql.raw(`${name}_booked`);
  return sql`${booked} as (
      insert into ledger_transactions (id, workspace_id, kind, idempotency_key, actor_kind, actor_id, reference_kind, reference_id, created_at)
      select ${newId()}::uuid, ${workspaceId}::uuid, ${move.kind}, ${move.key}, ${actor.kind}, ${actor.id}::text, ${reference.kind}, ${reference.id},
        ${at.toISOString()}::timestamptz
      from ${move.source} where price_micros > 0 returning id
    ), ${sql.raw(`${name}_sides`)} as (
      insert into ledger_entries (transaction_id, account, workspace_id, amount_micros)
      select ${booked}.id, side.account, ${workspaceId}::uuid, side.sign * price_micros
      from ${booked}, ${move.source}, (values (${move.from}, -1), (${move.to}, 1)) as side(account, sign)
    )`;
}
