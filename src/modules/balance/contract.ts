import * as z from "zod";
import { storable } from "@/lib/text";

/** Staff cannot move more than a billion at once; far below the largest safe number of micros. */
export const MAX_AMOUNT_MICROS = 1_000_000_000_000_000;

const NOT_WHOLE = "An amount is a whole number of micros.";

/** Micros that may come from outside: whole, safe and bounded. */
const amountMicros = z
  .number()
  .refine(Number.isSafeInteger, NOT_WHOLE)
  .min(-MAX_AMOUNT_MICROS, "An amount is at most a billion.")
  .max(MAX_AMOUNT_MICROS, "An amount is at most a billion.");

export const priceMicros = z
  .number()
  .refine(Number.isSafeInteger, "A price is a whole number of micros.")
  .min(0, "A price is never negative.")
  .max(MAX_AMOUNT_MICROS, "A price is at most a billion.");

export const adjustInput = z.object({
  workspaceId: z.uuid(),
  amountMicros: amountMicros.refine((amount) => amount !== 0, "An adjustment moves money: zero is none."),
  reason: z.string().overwrite(storable).trim().min(3).max(500),
  /** The caller's own key: the same one moves money once. */
  idempotencyKey: z.string().trim().min(1).max(200),
});
export type AdjustInput = z.infer<typeof adjustInput>;

export type WalletState = { availableMicros: number; heldMicros: number };
