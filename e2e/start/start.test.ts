import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import { freePort, startEmbeddedPostgres } from "@/server/embedded-postgres";
import { startStack, StackEnded, type Stack } from "../stack";

// The budget is 3 s and the bench measures it; this only tells a start from a build on a busy machine.
const FAST_START_MS = 10_000;

let stack: Stack;
afterAll(() => stack?.stop().catch(() => null));

const isDatabaseRunning = (dataDir: string) => existsSync(path.join(dataDir, "postgres", "data", "postmaster.pid"));
const isOpen = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

const demoSignIn = (of: Stack) => /Demo sign-in: (.+)/.exec(of.output())?.[1];

async function refusal(env: Record<string, string>, port?: number): Promise<StackEnded> {
  const error: unknown = await startStack({ env, port }).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(StackEnded);
  return error as StackEnded;
}

/** What the person reads: npm's own lines are not ours. */
const ownLines = (ended: StackEnded) =>
  ended.output.split("\n").filter((line) => line.trim() !== "" && !line.startsWith(">") && !line.startsWith("npm "));

describe("npm start", () => {
  it("serves the sign-in page on an empty DATA_DIR and says where", async () => {
    stack = await startStack();
    const page = await fetch(`${stack.url}/login`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('type="password"');
    expect((await fetch(`${stack.url}/api/health/ready`)).status).toBe(200);
    expect(stack.output()).toContain(`serving at ${stack.url}`);
    expect(demoSignIn(stack)).toMatch(/^demo@chatai\.local \/ \S+$/);
  });

  it("keeps its secrets from other users of the machine", () => {
    for (const file of ["secrets.json", "postgres/password"]) {
      expect(statSync(path.join(stack.dataDir, file)).mode & 0o077).toBe(0);
    }
    const secrets: unknown = JSON.parse(readFileSync(path.join(stack.dataDir, "secrets.json"), "utf8"));
    for (const secret of Object.values(secrets as Record<string, string>).slice(0, 2)) {
      expect(stack.output()).not.toContain(secret);
    }
  });

  it("stops clean on SIGTERM and leaves nothing running", async () => {
    expect(await stack.stop("SIGTERM")).toBe(0);
    expect(isDatabaseRunning(stack.dataDir)).toBe(false);
    expect(await isOpen(stack.url)).toBe(false);
  });

  it("serves again at once, without building, with the same demo sign-in", async () => {
    const first = demoSignIn(stack);
    stack = await startStack({ dataDir: stack.dataDir });
    expect(stack.startedInMs).toBeLessThan(FAST_START_MS);
    expect(stack.output()).not.toContain("Building");
    expect(demoSignIn(stack)).toBe(first);
  });

  it("survives SIGKILL: web and worker follow, and the next start takes the database over", async () => {
    const { dataDir } = stack;
    await stack.stop("SIGKILL");
    stack = await startStack({ dataDir });
    expect(await stack.stop("SIGINT")).toBe(0);
    expect(isDatabaseRunning(dataDir)).toBe(false);
  });
});

describe("npm start refuses in one line, with a non-zero exit", () => {
  it("a port that is in use", async () => {
    const port = await freePort();
    const squatter = createServer().listen(port);
    const ended = await refusal({}, port);
    squatter.close();
    expect(ended.exitCode).not.toBe(0);
    expect(ownLines(ended)).toEqual([expect.stringContaining(`Port ${port} is in use`)]);
  });

  it.each([
    [
      "a database nobody serves",
      { DATABASE_URL: "postgres://app:hunter2@127.0.0.1:1/app" },
      "DATABASE_URL cannot be used",
    ],
    ["an address that is none", { DATABASE_URL: "hunter2" }, "DATABASE_URL"],
    ["a malformed variable", { CURRENCY: "hunter2" }, "CURRENCY"],
    ["a DATA_DIR that cannot be written", { DATA_DIR: "/proc/chatai" }, "DATA_DIR cannot be written"],
    [
      "missing secrets in production",
      { NODE_ENV: "production", DATABASE_URL: "postgres://app:hunter2@127.0.0.1:1/app" },
      "AUTH_SECRET and ENCRYPTION_KEY must be set",
    ],
  ])("%s", async (_, env, sentence) => {
    const ended = await refusal(env as Record<string, string>);
    expect(ended.exitCode).not.toBe(0);
    expect(ownLines(ended)).toEqual([expect.stringContaining(sentence)]);
    expect(ended.output).not.toContain("hunter2");
  });

  it("a wrong password, without repeating it", async () => {
    const server = await startEmbeddedPostgres({ dataDir: stack.dataDir });
    const url = new URL(server.url());
    url.password = "hunter2";
    const ended = await refusal({ DATABASE_URL: url.href });
    await server.stop();
    expect(ownLines(ended)).toEqual([expect.stringContaining("the server refuses the password")]);
    expect(ended.output).not.toContain("hunter2");
  });
});

describe("the embedded database", () => {
  it("is shared by commands and outlives all but the last of them", async () => {
    const { dataDir } = stack;
    const [first, second] = await Promise.all([startEmbeddedPostgres({ dataDir }), startEmbeddedPostgres({ dataDir })]);
    expect(second.port).toBe(first.port);
    await first.stop();
    const sql = postgres(second.url(), { max: 1 });
    expect(await sql`select 1 as alive`).toEqual([{ alive: 1 }]);
    await sql.end();
    await second.stop();
    expect(isDatabaseRunning(dataDir)).toBe(false);
  });
});
