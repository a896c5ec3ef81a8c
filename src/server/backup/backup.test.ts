import { mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listMigrations, migrateDatabase } from "@/db/migrate";
import { newId } from "@/lib/ids";
import { backupName, writeBackup } from "./dump";
import { BackupDamagedError } from "./format";
import { createMissingDatabase, restoreBackup } from "./restore";

const url = process.env.DATABASE_URL ?? "";
const sql = postgres(url, { max: 1, onnotice: () => {} });
afterAll(() => sql.end());

// Each of these means something to COPY, to JSON or to a shell.
const hostile = 'tab\there\nline\r\n\\. \\N "quotes" ё 😀 {a,b} \\\\end\\';

const otherUrl = (name: string) => {
  const other = new URL(url);
  other.pathname += `_${name}`;
  return other.href;
};

async function rowsOf(of: postgres.Sql, table: string): Promise<unknown[]> {
  return of.unsafe(`select to_jsonb(t) as row from "${table}" t order by to_jsonb(t)::text`);
}

const workspaceId = newId();
let dir: string;
let file: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "chatai-backup-"));
  const userId = newId();
  await sql`insert into workspaces (id, slug, name) values (${workspaceId}, ${workspaceId}, ${hostile})`;
  await sql`insert into users (id, email, name) values (${userId}, ${`${userId}@example.com`}, ${hostile})`;
  await sql`insert into workspace_members (workspace_id, user_id, role) values (${workspaceId}, ${userId}, 'owner')`;
  await sql`insert into events (workspace_id, seq, type, ids) values (${workspaceId}, 1, 'x', ${sql.json({ hostile })})`;
  await sql`select graphile_worker.add_job('some.job', ${sql.json({ hostile })}::json, queue_name => 'lane', job_key => ${workspaceId})`;
  await sql`insert into lane_jobs (lane, name, payload, max_attempts) values ('lane', 'some.job', ${sql.json({ hostile })}, 3)`;
  // More than any buffer on the way holds at once, and some of it in single rows.
  await sql`insert into events (workspace_id, seq, type, ids)
    select ${workspaceId}, n, 'bulk', jsonb_build_object('x', (select string_agg(md5(n::text || i::text), '') from generate_series(1, 30) i))
    from generate_series(2, 6000) n`;
  await sql`insert into workspaces (id, slug, name) values (${newId()}, ${newId()}, ${"long ё".repeat(500_000)})`;
  file = (await writeBackup(url, dir, new Date())).file;
});

describe("a backup", () => {
  it("restores every row of every table, the waiting jobs and the rules of the tables", async () => {
    const target = otherUrl("whole");
    expect(await createMissingDatabase(target)).toBe(true);
    const { header } = await restoreBackup(file, target, { withJobs: true });
    const copy = postgres(target, { max: 1, onnotice: () => {} });
    for (const { name } of header.tables) expect(await rowsOf(copy, name), name).toEqual(await rowsOf(sql, name));
    const jobs =
      await copy`select payload, job_queue_id is not null as "hasQueue" from graphile_worker._private_jobs where key = ${workspaceId}`;
    expect([...jobs]).toEqual([{ payload: { hostile }, hasQueue: true }]);
    await expect(
      copy`insert into workspace_members (workspace_id, user_id, role) values (${workspaceId}, ${newId()}, 'owner')`,
    ).rejects.toMatchObject({ code: "23503" });
    const founded = newId();
    await copy`insert into workspaces (id, slug, name) values (${founded}, ${founded}, 'new')`;
    expect(await copy`select 1 from wallets where workspace_id = ${founded}`).toHaveLength(1);
    await copy.end();
  });

  it("leaves waiting work behind for a copy beside a living original", async () => {
    const target = otherUrl("idle");
    await createMissingDatabase(target);
    await restoreBackup(file, target, { withJobs: false });
    const copy = postgres(target, { max: 1, onnotice: () => {} });
    expect(await copy`select 1 from graphile_worker._private_jobs`).toHaveLength(0);
    expect(await copy`select 1 from lane_jobs`).toHaveLength(0);
    await copy.end();
  });

  it("of an earlier version is brought up to this one", async () => {
    const [old, target] = [otherUrl("old"), otherUrl("new")];
    await createMissingDatabase(old);
    await migrateDatabase(old, { count: 1 });
    const { file: early } = await writeBackup(old, dir, new Date("2026-01-01"));
    await createMissingDatabase(target);
    await restoreBackup(early, target, { withJobs: true });
    const copy = postgres(target, { max: 1, onnotice: () => {} });
    expect(await copy`select 1 from drizzle.__drizzle_migrations`).toHaveLength(listMigrations().length);
    await copy.end();
  });

  it("is named by its moment, and readable by its owner only", async () => {
    expect(backupName(new Date("2026-07-18T10:11:12.345Z"))).toBe("chatai-20260718T101112Z.backup.gz");
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect((await readdir(dir)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });
});

describe("nothing is restored", () => {
  it("into a database that has tables", async () => {
    const before = await rowsOf(sql, "users");
    await expect(restoreBackup(file, url, { withJobs: true })).rejects.toThrow("not empty");
    expect(await rowsOf(sql, "users")).toEqual(before);
  });

  it.each([
    ["is cut off", (bytes: Buffer) => bytes.subarray(0, bytes.length - 40)],
    [
      "lost a row",
      (bytes: Buffer) =>
        gzipSync(
          gunzipSync(bytes)
            .toString("latin1")
            .replace(/^.*owner.*\n/m, ""),
          { level: 1 },
        ),
    ],
    ["is no backup", () => Buffer.from("PGDMP")],
    ["is another gzip file", () => gzipSync("hello\n")],
    ["is empty", () => Buffer.alloc(0)],
  ])("from a file that %s", async (_, damage) => {
    const damaged = path.join(dir, `${newId()}.gz`);
    await writeFile(damaged, damage(await readFile(file)));
    const target = otherUrl("untouched");
    await createMissingDatabase(target);
    await expect(restoreBackup(damaged, target, { withJobs: true })).rejects.toBeInstanceOf(BackupDamagedError);
    const copy = postgres(target, { max: 1, onnotice: () => {} });
    expect(await copy`select 1 from pg_tables where schemaname = 'public'`).toHaveLength(0);
    await copy.end();
  });
});
