import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { oneOf } from "@/db/checks";
import { createdAt, id, instant, updatedAt } from "@/db/columns";
import { HOLD_REFERENCES, HOLD_STATES, LEDGER_ACCOUNTS, LEDGER_KINDS, SERVICES } from "@/db/enums";
import { users } from "@/db/schema/users";
import { workspaceRef, workspaces } from "@/db/schema/workspaces";

/** The tenant of money that has moved. Such rows outlive the workspace they name, hence no foreign key. */
const tenant = () => uuid().notNull();

/** An amount in millionths of the platform's currency. */
const micros = () => bigint({ mode: "number" });

/** What each workspace has: the cached sums of its ledger. A trigger makes the row together with the workspace. */
export const wallets = pgTable(
  "wallets",
  {
    workspaceId: uuid()
      .primaryKey()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    availableMicros: micros().notNull().default(0),
    heldMicros: micros().notNull().default(0),
    /** Set when the letter about a low or empty balance was queued, cleared when money comes in. */
    lowNoticeAt: instant(),
    emptyNoticeAt: instant(),
    updatedAt: updatedAt(),
  },
  (t) => [
    // Above the largest safe integer a browser would show another amount than the ledger has.
    check("wallets_available_check", sql`${t.availableMicros} between 0 and 9007199254740991`),
    check("wallets_held_check", sql`${t.heldMicros} between 0 and 9007199254740991`),
  ],
);

/** Why money moved. Append-only; the idempotency key makes a repeat find the first. */
export const ledgerTransactions = pgTable(
  "ledger_transactions",
  {
    id: id(),
    workspaceId: tenant(),
    kind: text().$type<(typeof LEDGER_KINDS)[number]>().notNull(),
    idempotencyKey: text().notNull().unique(),
    actorKind: text().notNull(),
    actorId: text(),
    referenceKind: text().notNull().default(""),
    referenceId: text().notNull().default(""),
    description: text().notNull().default(""),
    createdAt: createdAt(),
  },
  (t) => [index().on(t.workspaceId, t.createdAt, t.id), oneOf("ledger_transactions_kind_check", t.kind, LEDGER_KINDS)],
);

/** The two or more sides of a transaction. Append-only; a trigger refuses a transaction that does not sum to zero. */
export const ledgerEntries = pgTable(
  "ledger_entries",
  {
    transactionId: uuid()
      .notNull()
      .references(() => ledgerTransactions.id, { onDelete: "cascade" }),
    account: text().$type<(typeof LEDGER_ACCOUNTS)[number]>().notNull(),
    workspaceId: tenant(),
    amountMicros: micros().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.transactionId, t.account] }),
    oneOf("ledger_entries_account_check", t.account, LEDGER_ACCOUNTS),
    check("ledger_entries_amount_check", sql`${t.amountMicros} <> 0`),
  ],
);

/** Money that is reserved for work under way, with the price of that moment. */
export const holds = pgTable(
  "holds",
  {
    id: id(),
    workspaceId: tenant(),
    service: text().$type<(typeof SERVICES)[number]>().notNull(),
    priceMicros: micros().notNull(),
    state: text().$type<(typeof HOLD_STATES)[number]>().notNull().default("open"),
    referenceKind: text().$type<(typeof HOLD_REFERENCES)[number]>().notNull(),
    referenceId: uuid().notNull(),
    expiresAt: instant().notNull(),
    createdAt: createdAt(),
    closedAt: instant(),
  },
  (t) => [
    unique().on(t.referenceKind, t.referenceId),
    index("holds_open_index")
      .on(t.expiresAt)
      .where(sql`${t.state} = 'open'`),
    oneOf("holds_state_check", t.state, HOLD_STATES),
    oneOf("holds_reference_kind_check", t.referenceKind, HOLD_REFERENCES),
    oneOf("holds_service_check", t.service, SERVICES),
    check("holds_price_check", sql`${t.priceMicros} >= 0`),
  ],
);

/** What a service costs from the next hold on. Without an active row the service is refused. */
export const servicePrices = pgTable(
  "service_prices",
  {
    service: text().$type<(typeof SERVICES)[number]>().primaryKey(),
    priceMicros: micros().notNull(),
    description: text().notNull().default(""),
    isActive: boolean().notNull().default(true),
    updatedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    updatedAt: updatedAt(),
  },
  (t) => [
    oneOf("service_prices_service_check", t.service, SERVICES),
    check("service_prices_price_check", sql`${t.priceMicros} between 0 and 9007199254740991`),
  ],
);

/** Who got the welcome bonus: one workspace of one confirmed owner. */
export const welcomeGrants = pgTable(
  "welcome_grants",
  {
    userId: uuid()
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    workspaceId: workspaceRef(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex().on(t.workspaceId)],
);
