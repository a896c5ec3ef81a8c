import { execFile } from "node:child_process";
import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { existsSync } from "node:fs";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/server/embedded-postgres";

type Outcome = { code: number; out: string; err: string };

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "chatai-commands-"));
});

/** Runs a command as a person would, on the DATA_DIR of this file unless told otherwise. */
function npm(command: string, args: string[] = [], env: Record<string, string> = {}): Promise<Outcome> {
  const { PATH = "", HOME = "" } = process.env;
  const clean: Record<string, string> = { PATH, HOME, DATA_DIR: dataDir, ...env };
  return new Promise((resolve) => {
    execFile(
      "npm",
      ["run", "--silent", command, "--", ...args],
      { env: { ...clean, NODE_ENV: "test" }, timeout: 60_000 },
      (error, out, err) => {
        resolve({ code: error === null ? 0 : typeof error.code === "number" ? error.code : 1, out, err });
      },
    );
  });
}

const ownLines = (err: string) => err.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("npm "));
const isDatabaseRunning = () => existsSync(path.join(dataDir, "postgres", "data", "postmaster.pid"));

describe("commands without a running installation", () => {
  it("health says as JSON that nothing is installed, and exits with 1", async () => {
    const { code, out } = await npm("health");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({ status: "error", reason: "not-installed" });
  });

  it("admin:create twice makes one account, and never prints the password", async () => {
    const env = { ADMIN_PASSWORD: "hunter2-hunter2" };
    const first = await npm("admin:create", ["--email", "boss@example.com"], env);
    const second = await npm("admin:create", ["--email", "Boss@Example.com"], env);
    expect([first.code, second.code]).toEqual([0, 0]);
    expect(second.out).toContain("nothing was changed");
    for (const text of [first.out, first.err, second.out, second.err]) expect(text).not.toContain("hunter2");
    const invited = await npm("admin:create", ["--email", "invited@example.com"]);
    expect(invited.out).toMatch(/http:\/\/localhost:3000\/reset\/[\w-]{43}/);
    expect(isDatabaseRunning()).toBe(false);
  });

  it("health names the worker that does not run", async () => {
    const { code, out, err } = await npm("health");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      status: "error",
      checks: { database: { status: "ok" }, worker: { status: "error" } },
    });
    expect(ownLines(err)).toEqual([expect.stringContaining("Not healthy: worker")]);
  });

  it.each([
    ["bots:reload", ["--bot-id", "01890000-0000-7000-8000-000000000000"], "There is no connected bot with the id"],
    ["bots:reload", [], "Name one bot"],
    ["users:cleanup", ["--inactive-days", "never"], "--inactive-days is not usable"],
    ["uploads:cleanup", ["30"], "belongs to no option"],
    ["db:restore", ["--file", "/nowhere"], "does not exist"],
    ["admin:create", ["--email", "boss"], "--email is not usable"],
  ])("%s %j is refused in one line, with a non-zero exit", async (command, args, sentence) => {
    const { code, err } = await npm(command, args);
    expect(code).not.toBe(0);
    expect(ownLines(err)).toEqual([expect.stringContaining(sentence)]);
  });
});

describe("commands beside a running database", () => {
  let server: EmbeddedPostgres;
  beforeAll(async () => {
    server = await startEmbeddedPostgres({ dataDir });
  });
  afterAll(() => server.stop());

  it("db:backup and db:restore bring every row into a new database, and never into one that has tables", async () => {
    const backup = await npm("db:backup", ["--out", path.join(dataDir, "copies")]);
    expect(backup.code).toBe(0);
    const [name] = await readdir(path.join(dataDir, "copies"));
    const file = path.join(dataDir, "copies", name ?? "");
    expect(backup.out).toContain(file);
    const restored = await npm("db:restore", ["--file", file, "--into", server.url("copy")]);
    expect(restored).toMatchObject({ code: 0, out: expect.stringContaining("every count is equal") });
    const [original, copy] = [postgres(server.url(), { max: 1 }), postgres(server.url("copy"), { max: 1 })];
    const people = (sql: postgres.Sql) => sql`select email, role from users order by email`;
    expect(await people(copy)).toEqual(await people(original));
    await Promise.all([original.end(), copy.end()]);
    const again = await npm("db:restore", ["--file", file, "--into", server.url("copy")]);
    expect(again.code).toBe(1);
    expect(ownLines(again.err)).toEqual(["The database is not empty; nothing was changed."]);
  });

  it("users:cleanup changes nothing until it is told to, and leaves staff alone", async () => {
    const sql = postgres(server.url(), { max: 1 });
    await sql`insert into users (id, email, created_at) values (gen_random_uuid(), 'ghost@example.com', now() - interval '100 days')`;
    await sql`update users set created_at = now() - interval '400 days', last_activity_at = null, confirmed_at = now() - interval '400 days' where role = 'admin'`;
    const dry = await npm("users:cleanup", ["--inactive-days", "90"]);
    expect(dry.out).toContain("ghost@example.com");
    expect(dry.out).toContain("Would remove 1 accounts");
    expect(await sql`select status from users where email = 'ghost@example.com'`).toMatchObject([{ status: "active" }]);
    expect((await npm("users:cleanup", ["--inactive-days", "90", "--apply"])).out).toContain("Removed 1 of 1");
    expect(await sql`select 1 from users where email = 'ghost@example.com'`).toHaveLength(0);
    expect(await sql`select 1 from users where role = 'admin' and status = 'active'`).toHaveLength(2);
    await sql.end();
  });

  it("leaves the database running for its other users", () => expect(isDatabaseRunning()).toBe(true));
});
