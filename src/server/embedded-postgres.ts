import { readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { clusterPaths, initialiseCluster, spawnPostmaster } from "./postgres-cluster";

export type EmbeddedPostgres = {
  /** Connection string of the `chatai` database, or of another one when named. */
  url: (database?: string) => string;
  port: number;
  /** True when the server was already running: left over from a killed process, or in use by another command. */
  wasRunning: boolean;
  /** Resolves when the server is gone, or has crashed and let go of all its users; also after `stop`. */
  lost: Promise<void>;
  /** Lets go of the server; the last one to let go shuts it down. */
  stop: () => Promise<void>;
};

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
const POLL_MS = 20;
// Any fixed number; held as a shared advisory lock by every process that uses the server.
const IN_USE_LOCK = 4_201_337;

/**
 * Runs PostgreSQL under `dataDir`, or joins the one that runs there. It is reached through 127.0.0.1 only, with a random
 * password kept beside it. Every user holds a shared lock through its own connection, so a killed process lets go by dying
 * and nobody's database is pulled away.
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  port?: number;
  /** For tests: faster, and a crash may lose data. */
  isVolatile?: boolean;
}): Promise<EmbeddedPostgres> {
  const paths = clusterPaths(options.dataDir);
  await initialiseCluster(paths, options.isVolatile ?? false);
  const password = (await readFile(paths.password, "utf8")).trim();
  const urlAt = (port: number) => (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;

  const deadline = Date.now() + START_TIMEOUT_MS;
  let ended: Promise<Error> | null = null;
  let lastError: unknown = null;
  while (Date.now() < deadline) {
    const running = await readPidFile(paths.pidFile);
    if (running && (await isPostmaster(running.pid))) {
      const joined = running.port ? await join(urlAt(running.port)("postgres")).catch(keep) : null;
      if (joined) {
        await ensureDatabase(joined.sql, "chatai");
        return {
          url: (database = "chatai") => urlAt(running.port)(database),
          port: running.port,
          wasRunning: ended === null,
          lost: joined.lost,
          stop: () => leave(joined.sql, paths.pidFile, running.pid),
        };
      }
    } else if (!ended) {
      // PostgreSQL itself refuses to start while the number in a stale file belongs to any other process of its user.
      if (running && isAlive(running.pid)) await rm(paths.pidFile, { force: true });
      ended = spawnPostmaster(paths, options.port ?? (await freePort()), options.isVolatile ?? false);
    } else {
      // A loser of a start race finds the winner's pid file on the next round; only a lonely failure is final.
      lastError = await Promise.race([ended, delay(POLL_MS, null)]);
      if (lastError && !(await readPidFile(paths.pidFile))) throw lastError;
    }
    await delay(POLL_MS);
  }
  throw new Error(`PostgreSQL was not ready in ${START_TIMEOUT_MS / 1000} s; its log is ${paths.log}`, {
    cause: lastError,
  });

  function keep(error: unknown): null {
    lastError = error;
    return null;
  }
}

/** Asks the system for a free port of 127.0.0.1. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === "object") resolve(address.port);
        else reject(new Error("the system gave no port"));
      });
    });
  });
}

async function join(url: string): Promise<{ sql: postgres.Sql; lost: Promise<void> }> {
  const { promise: lost, resolve: onclose } = Promise.withResolvers<void>();
  // The lock lives as long as this one connection, so it must never be recycled.
  const sql = postgres(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 5,
    onnotice: () => {},
    onclose: () => onclose(),
  });
  try {
    const [row] = await sql<{ ok: boolean }[]>`select pg_try_advisory_lock_shared(${IN_USE_LOCK}) as ok`;
    if (!row?.ok) throw new Error("the server is being stopped by its last user");
    return { sql, lost };
  } catch (error) {
    await sql.end({ timeout: 1 });
    throw error;
  }
}

async function leave(sql: postgres.Sql, pidFile: string, pid: number): Promise<void> {
  let isLast = true;
  try {
    await sql`select pg_advisory_unlock_shared(${IN_USE_LOCK})`;
    const [row] = await sql<{ ok: boolean }[]>`select pg_try_advisory_lock(${IN_USE_LOCK}) as ok`;
    isLast = row?.ok ?? true;
  } catch {
    isLast = isAlive(pid); // The server is already going down, or is beyond answering.
  }
  if (isLast) await shutDown(pidFile, pid);
  await sql.end({ timeout: 1 });
}

async function shutDown(pidFile: string, pid: number): Promise<void> {
  signal(pid, "SIGINT");
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  // The file is the last thing a postmaster removes; its process may linger as a zombie nobody collects.
  while ((await readPidFile(pidFile))?.pid === pid && isAlive(pid)) {
    if (Date.now() > deadline) {
      signal(pid, "SIGQUIT");
      return;
    }
    await delay(POLL_MS);
  }
}

async function ensureDatabase(sql: postgres.Sql, name: string): Promise<void> {
  const rows = await sql`select 1 from pg_database where datname = ${name}`;
  if (rows.length > 0) return;
  await sql`create database ${sql(name)}`.catch((cause: { code?: string }) => {
    const isTwin = cause.code === "42P04" || cause.code === "23505";
    if (!isTwin) throw cause;
  });
}

async function readPidFile(pidFile: string): Promise<{ pid: number; port: number } | null> {
  const lines = (await readFile(pidFile, "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3] ?? 0) } : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** After a restart of a container the same number may belong to anything, and a zombie has no command line. */
async function isPostmaster(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform !== "linux") return true;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return commandLine.includes("postgres");
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already, which is what was asked for.
  }
}
