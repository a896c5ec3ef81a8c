import * as z from "zod";
import { type Channel, LEDGER_KINDS, type LedgerKind, type Service, SERVICES } from "@/db/enums";
import { storable } from "@/lib/text";
import { isDay } from "@/lib/zone";
import { balanceLimits, ENTRY_GROUPS, ENTRY_SORTS } from "./limits";

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
  idempotencyKey: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine((key) => key === storable(key), "idempotencyKey"),
});
export type AdjustInput = z.infer<typeof adjustInput>;

export type WalletState = { availableMicros: number; heldMicros: number };

const instant = z.date().min(new Date("1970-01-01")).max(new Date("9998-12-31T23:59:59.999Z"));

/** A day in the workspace's time zone, or an instant, of the years 1970 to 9998. */
const moment = z.union([
  z.iso.date().refine(isDay),
  z.iso.datetime({ offset: true }).pipe(z.coerce.date<string>().pipe(instant)),
  instant,
]);
export type Moment = z.infer<typeof moment>;

const entryFilter = {
  kind: z.enum([...ENTRY_GROUPS, ...LEDGER_KINDS]).optional(),
  /** A day counts whole: `from` its beginning, `to` its end. An instant `to` is left out itself. */
  from: moment.optional(),
  to: moment.optional(),
  /** Found in descriptions and in the names of visitors, assistants and documents. */
  search: z.string().overwrite(storable).trim().max(balanceLimits.searchChars).optional(),
  sort: z.enum(ENTRY_SORTS).default("date"),
  // Not `direction`: the client of paged queries sends a word of its own under that name.
  order: z.enum(["asc", "desc"]).default("desc"),
  /** Also the money that was reserved and given back; it moves nothing in all. */
  withHolds: z.boolean().default(false),
};
const entryPage = {
  cursor: z.string().max(200).nullish(),
  limit: z.int().min(1).max(balanceLimits.maxPage).default(balanceLimits.page),
};
export const entriesInput = z.object({ ...entryFilter, ...entryPage }).prefault({});
export const exportInput = z.object({ ...entryFilter, withHolds: z.stringbool().default(false) });
export const receiptInput = z.object({ id: z.uuid() });
export const walletRef = z.object({ workspaceId: z.uuid() });
export const walletEntriesInput = z.object({ workspaceId: z.uuid(), ...entryFilter, ...entryPage });
export type EntriesInput = z.infer<typeof entriesInput>;
export type EntryFilter = Omit<EntriesInput, "cursor" | "limit">;

export const updatePriceInput = z
  .object({
    service: z.enum(SERVICES),
    priceMicros: priceMicros.optional(),
    description: z.string().overwrite(storable).trim().max(500).optional(),
    isActive: z.boolean().optional(),
  })
  .refine(({ service: _, ...change }) => Object.values(change).some((value) => value !== undefined), {
    error: "Nothing to change.",
  });
export type UpdatePriceInput = z.infer<typeof updatePriceInput>;

/** One movement of money from the wallet's point of view: a charge is negative, a credit positive, a hold zero. */
export type LedgerEntry = {
  id: string;
  kind: LedgerKind;
  amountMicros: number;
  /** What a hold reserved or a release gave back; zero for everything that moves the balance. */
  reservedMicros: number;
  /** What the wallet had in all after it. Only told while sorted by date, newest first. */
  balanceMicros: number | null;
  description: string;
  createdAt: Date;
  dialogId: string | null;
  messageId: string | null;
  channel: Channel | null;
  assistantName: string | null;
  visitorName: string | null;
  documentId: string | null;
  documentName: string | null;
};

/** A ledger entry with the hold that it came from. */
export type Receipt = LedgerEntry & {
  currency: Currency;
  /** The price of the moment at which the money was reserved; null for what needed no hold. */
  priceMicros: number | null;
  service: Service | null;
  heldAt: Date | null;
};

export type BalanceLevel = "empty" | "low" | "enough";

export const CURRENCIES = ["RUB", "USD", "EUR"] as const;
export type Currency = (typeof CURRENCIES)[number];

/** How far the money reaches; enough for a badge that is asked for often. */
export type Reach = {
  availableMicros: number;
  currency: Currency;
  /** Price of one answer now; null while none is offered. */
  answerMicros: number | null;
  /** Answers that can be paid; null when answers are free or not offered. */
  answers: number | null;
  level: BalanceLevel;
};

export type Balance = Reach & {
  heldMicros: number;
  spentMicros: number;
  /** Paid in by the customer, without anything granted. */
  toppedUpMicros: number;
  grantedMicros: number;
  /** Credited less taken by staff. */
  adjustedMicros: number;
  monthSpentMicros: number;
  /** Average spend of a day over the last week; null during the first three days. */
  perDayMicros: number | null;
  daysLeft: number | null;
  timeZone: string;
};

export type Spent = { count: number; amountMicros: number };
export type Usage = {
  currency: Currency;
  total: Spent;
  /** Null while nothing was charged. */
  averageMicros: number | null;
  month: Spent;
  services: { kind: "charge_answer" | "charge_document"; total: Spent; month: Spent }[];
};

export type PriceItem = {
  service: Service;
  priceMicros: number;
  description: string;
  isActive: boolean;
  updatedAt: Date;
};
