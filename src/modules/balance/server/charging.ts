import type { Service } from "@/db/enums";
import { sweep } from "@/lib/sweep";
import type { Actor, Ctx, WorkspaceCtx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import { capture, listForgottenHolds, release, reserve } from "./charging-repository";
import type { Reference } from "./charging-sql";
import { announceLeft } from "./notices";

export type HoldOutcome =
  | { ok: true; priceMicros: number }
  | { ok: false; reason: "no-funds"; neededMicros: number }
  | { ok: false; reason: "service-off" };

/** Who stands behind a booking in the ledger: the kind, and the account when it is a person of ours. */
export function bookingActor(actor: Actor): { kind: string; id: string | null } {
  return { kind: actor.kind, id: actor.kind === "member" || actor.kind === "user" ? actor.userId : null };
}

/** Reserves the price of a service before the work. One hold per work: a second one for the same reference throws. */
export async function holdPrice(
  ctx: WorkspaceCtx,
  { service, reference }: { service: Service; reference: Reference },
): Promise<HoldOutcome> {
  const { priceMicros, isReserved } = await reserve(ctx.db, bookingOf(ctx, reference), service);
  if (priceMicros === null) return { ok: false, reason: "service-off" };
  return isReserved ? { ok: true, priceMicros } : { ok: false, reason: "no-funds", neededMicros: priceMicros };
}

/**
 * Charges what was held for a document, inside the transaction that delivers the work. Resolves to the price, or null when
 * nothing is held any more: charged already, or given back.
 */
export async function chargeDocument(
  ctx: WorkspaceCtx,
  reference: Reference,
  documentId: string = reference.id,
): Promise<number | null> {
  return inTransaction(ctx, async (ctx) => {
    const charge = { kind: "charge_document", key: `document:${reference.id}`, about: documentId } as const;
    const captured = await capture(ctx.db, bookingOf(ctx, reference), charge);
    if (!captured) return null;
    await announceLeft(ctx, captured);
    return captured.priceMicros;
  });
}

/** Gives back what was held for work that failed or was dropped. Without an open hold nothing happens. */
export async function releasePrice(ctx: WorkspaceCtx, reference: Reference): Promise<boolean> {
  return release(ctx.db, bookingOf(ctx, reference));
}

const MOST_HOLDS = 500;

/**
 * Gives back holds that are past their time although nobody works for them any more. Resolves to how many. Throws when one
 * could not be given back, after all the others: a wallet that does not add up is the concern of its workspace alone.
 */
export async function releaseForgotten(ctx: Ctx): Promise<number> {
  let count = 0;
  await sweep(await listForgottenHolds(ctx.db, ctx.now(), MOST_HOLDS), async ({ workspaceId, kind, id }) => {
    if (await releasePrice({ ...ctx, workspaceId }, { kind, id })) count += 1;
  });
  return count;
}

function bookingOf(ctx: WorkspaceCtx, reference: Reference) {
  return { workspaceId: ctx.workspaceId, reference, at: ctx.now(), actor: bookingActor(ctx.actor) };
}
