import { drizzle, type PostgresJsDatabase, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import type { PgDatabase } from "drizzle-orm/pg-core";
import postgres from "postgres";
import { patientSocket } from "@/db/patient-socket";
import { requiredSecret } from "@/server/env";

/** A connection or a transaction; repositories take either. */
export type Db = PgDatabase<PostgresJsQueryResultHKT, Record<string, never>>;
type Pool = PostgresJsDatabase<Record<string, never>> & { $client: postgres.Sql };
/** A pool, and beside it one for hot statements. */
export type RootDb = Pool & { $hot: Pool };

/** Opens both pools on a database; they connect when the first statement comes. The caller ends them with `closeDb`. */
export function openDb(url: string, options: { max?: number; name?: string } = {}): RootDb {
  const { max = 12, name = "chatai" } = options;
  const hot = openPool(url, Math.min(max, HOT_MAX), { application_name: name, ...HOT_SETTINGS });
  return Object.assign(openPool(url, max, { application_name: name }), { $hot: hot });
}

/**
 * Few: each connection is a process with plans of its own, and the more of them take turns, the less of those stays in the
 * processor's cache. Enough that a statement which waits for a lock holds up only some of the others.
 */
const HOT_MAX = 4;

/**
 * By itself the server plans a statement anew five times on each connection, and a plan that was made while a table was small
 * reads the whole of it for as long as the connection lives. What is hot finds its rows by keys, also those it joins: one
 * plan that uses indexes, and never one that walks through a whole index to compare it with a handful of rows.
 */
const HOT_SETTINGS = {
  plan_cache_mode: "force_generic_plan",
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
};

function openPool(url: string, max: number, connection: Record<string, string>): Pool {
  // The driver's types do not know `socket`.
  const settings = {
    max,
    idle_timeout: 60,
    max_lifetime: 60 * 60,
    connect_timeout: 10,
    socket: patientSocket,
    onnotice: () => undefined,
    connection,
  };
  const client = postgres(url, settings);
  return drizzle(client, { casing: "snake_case" });
}

/** Where a hot statement runs: inside a transaction there, else on the pool that is kept for such statements. */
export function hotDb(db: Db): Db {
  return isRoot(db) ? db.$hot : db;
}

const isRoot = (db: Db): db is RootDb => "$hot" in db;

/** Ends both pools; statements that run have `timeout` seconds. */
export async function closeDb(db: RootDb, { timeout }: { timeout: number }): Promise<void> {
  await Promise.all([db, db.$hot].map(({ $client }) => $client.end({ timeout })));
}

// Next loads this module once per bundle; the pool lives on globalThis so that all of them share one.
const shared = globalThis as typeof globalThis & { chataiDb?: RootDb };

/** The database of this process, at `DATABASE_URL`, opened at the first call. */
export function db(): RootDb {
  shared.chataiDb ??= openDb(requiredSecret("DATABASE_URL"));
  return shared.chataiDb;
}
