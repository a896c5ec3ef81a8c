import { mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseEnv } from "@/server/env";
import { freePort } from "@/server/embedded-postgres";
import { refuseMissingSecrets } from "./environment";
import { refuseBusyPort } from "./port";
import { databaseProblem, explain, StartProblem } from "./problem";
import { ensureDataDir, readOrCreateSecrets } from "./secrets";

const tempDir = () => mkdtemp(path.join(tmpdir(), "chatai-cli-"));
const externalProduction = { NODE_ENV: "production", DATABASE_URL: "postgres://a:b@db/chatai" };

describe("secrets", () => {
  it("are made once, even by several first starts at once, and only their owner may read them", async () => {
    const dir = await tempDir();
    const sets = await Promise.all([1, 2, 3].map(() => readOrCreateSecrets(dir)));
    expect(new Set(sets.map((set) => JSON.stringify(set))).size).toBe(1);
    expect((await stat(path.join(dir, "secrets.json"))).mode & 0o777).toBe(0o600);
    expect(await readOrCreateSecrets(dir)).toEqual(sets[0]);
  });

  it("are never replaced when the file is damaged", async () => {
    const dir = await tempDir();
    await writeFile(path.join(dir, "secrets.json"), '{"AUTH_SECRET":"x"}');
    await expect(readOrCreateSecrets(dir)).rejects.toThrow("damaged");
    expect(await readFile(path.join(dir, "secrets.json"), "utf8")).toBe('{"AUTH_SECRET":"x"}');
  });

  it("must be given to a production process on an external database", () => {
    expect(() => refuseMissingSecrets(parseEnv(externalProduction))).toThrow(
      "AUTH_SECRET and ENCRYPTION_KEY must be set",
    );
    const given = { ...externalProduction, AUTH_SECRET: "a".repeat(32), ENCRYPTION_KEY: "b".repeat(32) };
    expect(() => refuseMissingSecrets(parseEnv(given))).not.toThrow();
    expect(() => refuseMissingSecrets(parseEnv({ NODE_ENV: "production" }))).not.toThrow();
  });
});

describe("DATA_DIR", () => {
  it("is made with its parents", async () => {
    const dir = path.join(await tempDir(), "a", "b");
    await ensureDataDir(dir);
    expect((await stat(dir)).isDirectory()).toBe(true);
  });

  it.each(["/proc/chatai", "/proc/self/cmdline", "/etc/passwd/below"])(
    "is refused where nothing can be written: %s",
    (dir) => expect(ensureDataDir(dir)).rejects.toThrow("DATA_DIR cannot be written"),
  );
});

describe("the port", () => {
  it.each(["127.0.0.1", "::"])("is refused when somebody listens on %s", async (host) => {
    const port = await freePort();
    const server = await new Promise<Server>((resolve) => {
      const listening = createServer().listen(port, host, () => resolve(listening));
    });
    await expect(refuseBusyPort(port)).rejects.toThrow(`Port ${port} is in use`);
    server.close();
  });

  it("is taken when nobody does", async () => {
    await expect(refuseBusyPort(await freePort())).resolves.toBeUndefined();
  });
});

describe("what a person reads", () => {
  it.each([
    ["ECONNREFUSED", "nothing listens at its address"],
    ["28P01", "the server refuses the password"],
    ["3D000", "the database does not exist"],
  ])("names the cause of a database fault %s and nothing of the address", (code, sentence) => {
    const error = Object.assign(new Error("postgres://app:hunter2@db/chatai"), { code });
    const wrapped = new Error("query failed", { cause: error });
    for (const fault of [error, wrapped]) {
      expect(databaseProblem(fault)).toContain(sentence);
      expect(databaseProblem(fault)).not.toContain("hunter2");
    }
  });

  it("is one line for what was foreseen and a stack for a defect", () => {
    expect(explain(new StartProblem("Port 3000 is in use."))).toBe("Port 3000 is in use.");
    expect(explain(new TypeError("x is not a function"))).toContain("at ");
  });
});
