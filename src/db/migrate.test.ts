import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import { migrateDatabase } from "./migrate";

const url = process.env.DATABASE_URL ?? "";
const sql = postgres(url, { max: 1, onnotice: () => {} });
afterAll(() => sql.end());

describe("migrations", () => {
  it("give a fresh database the application's tables and the job queue", async () => {
    const rows = await sql<{ name: string }[]>`
      select schemaname || '.' || tablename as name from pg_tables where schemaname in ('public', 'graphile_worker')`;
    const names = rows.map((row) => row.name);
    expect(names).toContain("public.workspaces");
    expect(names).toContain("graphile_worker._private_jobs");
  });

  it("change nothing when several processes run them again at once", async () => {
    const count = () => sql`select count(*)::int as n from drizzle.__drizzle_migrations`;
    const before = await count();
    await Promise.all([migrateDatabase(url), migrateDatabase(url), migrateDatabase(url)]);
    expect(await count()).toEqual(before);
  });
});
