import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, expect, it, vi } from "vitest";
import { clusterPaths } from "@/server/postgres-cluster";
import { keepDatabase } from "./database";
import type { Lifecycle } from "./lifecycle";

const dataDir = await mkdtemp(path.join(tmpdir(), "kept-database-"));
const cleanups: Parameters<Lifecycle["onStop"]>[0][] = [];
let isStopping = false;
const failures: string[] = [];
const lifecycle: Lifecycle = {
  onStop: (cleanup) => void cleanups.push(cleanup),
  fail: (reason) => void failures.push(reason),
  isStopping: () => isStopping,
};
afterAll(async () => {
  isStopping = true;
  for (const cleanup of cleanups) await cleanup(new AbortController().signal);
  await rm(dataDir, { recursive: true, force: true });
});

const postmasterPid = async () => Number((await readFile(clusterPaths(dataDir).pidFile, "utf8")).split("\n")[0]);

it("starts a killed database again under the same address, with what it held", { timeout: 60_000 }, async () => {
  const sql = postgres(await keepDatabase(dataDir, lifecycle), { max: 1, onnotice: () => {} });
  await sql`create table kept as select 7 as n`;
  process.kill(await postmasterPid(), "SIGKILL");
  await vi.waitFor(async () => expect(await sql`select n from kept`).toEqual([{ n: 7 }]), {
    timeout: 50_000,
    interval: 200,
  });
  await sql.end();
  expect(failures).toEqual([]);
});
