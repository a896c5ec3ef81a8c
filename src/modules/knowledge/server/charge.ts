import { newId } from "@/lib/ids";
import { chargeDocument, holdPrice, releasePrice } from "@/modules/balance/server/charging";
import type { MemberCtx, WorkspaceCtx } from "@/server/context";
import { refuseUpload } from "./refusals";

/**
 * Reserves the price of one try at reading a document; resolves to what the hold stands for. Every try has its own, so that
 * one that failed and was given back can be paid again. Refuses: INSUFFICIENT_FUNDS, CONFLICT when reading is not offered.
 */
export async function holdForDocument(ctx: MemberCtx): Promise<string> {
  const chargeId = newId();
  const reference = { kind: "document", id: chargeId } as const;
  const held = await holdPrice(ctx, { service: "document_processed", reference });
  if (held.ok) return chargeId;
  if (held.reason === "no-funds") throw refuseUpload("no-funds", { neededMicros: held.neededMicros });
  throw refuseUpload("not-offered");
}

/** Charges a document that became ready, in the transaction that makes it so. One that is older than money is free. */
export async function charge(
  ctx: WorkspaceCtx,
  { documentId, chargeId }: { documentId: string; chargeId: string | null },
): Promise<void> {
  if (chargeId !== null) await chargeDocument(ctx, { kind: "document", id: chargeId }, documentId);
}

/** Gives back what is still held for a document that failed or was removed. */
export async function giveBack(ctx: WorkspaceCtx, chargeId: string | null): Promise<void> {
  if (chargeId !== null) await releasePrice(ctx, { kind: "document", id: chargeId });
}
