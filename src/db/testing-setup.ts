import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "@/server/embedded-postgres";
import { migrateDatabase } from "./migrate";

declare module "vitest" {
  interface ProvidedContext {
    testDatabase: { serverUrl: string; template: string; prefix: string };
  }
}

// Any fixed number; two test runs at once build the template one after the other.
const TEMPLATE_LOCK = 4_201_339;
const ABANDONED_AFTER_MS = 2 * 60 * 60 * 1000;

/** Before integration tests: a running server and a migrated template, shared by all runs of this checkout. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = path.resolve(process.env.DATA_DIR ?? ".data", "test");
  const server = await startEmbeddedPostgres({ dataDir, isVolatile: true });
  const sql = postgres(server.url("postgres"), { max: 1, max_lifetime: null, onnotice: () => {} });
  const template = `app_test_template_${await migrationsHash()}`;
  const prefix = `app_test_${Date.now().toString(36)}_${process.pid}`;
  await sql`select pg_advisory_lock(${TEMPLATE_LOCK})`;
  await dropAbandoned(sql, template);
  await ensureTemplate(sql, server.url, template);
  await sql`select pg_advisory_unlock(${TEMPLATE_LOCK})`;
  project.provide("testDatabase", { serverUrl: server.url("postgres"), template, prefix });

  return async () => {
    const own = await sql<{ datname: string }[]>`select datname from pg_database where starts_with(datname, ${prefix})`;
    for (const { datname } of own) await sql`drop database if exists ${sql(datname)} with (force)`;
    await sql.end();
    await server.stop();
  };
}

async function ensureTemplate(sql: postgres.Sql, urlOf: (database: string) => string, template: string) {
  const existing = await sql`select 1 from pg_database where datname = ${template}`;
  if (existing.length > 0) return;
  // Renamed only when it is complete, so a migration that failed leaves no template behind.
  const building = `${template}_building`;
  await sql`drop database if exists ${sql(building)} with (force)`;
  await sql`create database ${sql(building)}`;
  await migrateDatabase(urlOf(building));
  await sql`alter database ${sql(building)} rename to ${sql(template)}`;
}

/** Removes templates of other migrations and what killed runs left; a database somebody is connected to stays. */
async function dropAbandoned(sql: postgres.Sql, template: string): Promise<void> {
  const databases = await sql<
    { datname: string }[]
  >`select datname from pg_database where starts_with(datname, 'app_test_')`;
  for (const { datname } of databases) {
    if (datname === template) continue;
    const startedAt = parseInt(/^app_test_([0-9a-z]+)_\d/.exec(datname)?.[1] ?? "0", 36);
    if (Date.now() - startedAt < ABANDONED_AFTER_MS) continue;
    await sql`drop database if exists ${sql(datname)}`.catch(() => {});
  }
}

async function migrationsHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of (await readdir("drizzle")).filter((file) => file.endsWith(".sql")).sort()) {
    hash.update(name).update(await readFile(path.join("drizzle", name)));
  }
  return hash.digest("hex").slice(0, 12);
}
