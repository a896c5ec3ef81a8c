import { drizzle, type PostgresJsDatabase, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import type { PgDatabase } from "drizzle-orm/pg-core";
import postgres from "postgres";
import { patientSocket } from "@/db/patient-socket";
import { requiredSecret } from "@/server/env";

/** A connection or a transaction; repositories take either. */
export type Db = PgDatabase<PostgresJsQueryResultHKT, Record<string, never>>;
export type RootDb = PostgresJsDatabase<Record<string, never>> & { $client: postgres.Sql };

/** Opens a pool on a database. The caller ends it with `db.$client.end()`. */
export function openDb(url: string, options: { max?: number } = {}): RootDb {
  // The driver's types do not know `socket`.
  const settings = {
    max: options.max ?? 15,
    idle_timeout: 60,
    max_lifetime: 60 * 60,
    connect_timeout: 10,
    socket: patientSocket,
    onnotice: () => undefined,
    connection: { application_name: "chatai" },
  };
  const client = postgres(url, settings);
  return drizzle(client, { casing: "snake_case" });
}

// Next loads this module once per bundle; the pool lives on globalThis so that all of them share one.
const shared = globalThis as typeof globalThis & { chataiDb?: RootDb };

/** The pool of this process on `DATABASE_URL`, opened at the first call. */
export function db(): RootDb {
  shared.chataiDb ??= openDb(requiredSecret("DATABASE_URL"));
  return shared.chataiDb;
}
