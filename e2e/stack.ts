import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "@/server/embedded-postgres";

export type Stack = {
  url: string;
  port: number;
  dataDir: string;
  /** Of the command; what it started is below it. */
  pid: number;
  /** From the command to the first answered request. */
  startedInMs: number;
  output: () => string;
  /** Sends the signal and resolves to the exit code once every output is closed, which orphans would keep open. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
};

/** A start that ended by itself before it served anything. */
export class StackEnded extends Error {
  override readonly name = "StackEnded";
  constructor(
    readonly exitCode: number | null,
    readonly output: string,
  ) {
    super(`npm start ended with ${exitCode}:\n${output}`);
  }
}

const START_TIMEOUT_MS = 300_000;

/** Runs `npm start` as a person would, on free ports and an own DATA_DIR unless told otherwise, until it serves. */
export async function startStack(
  options: { dataDir?: string; port?: number; env?: Record<string, string> } = {},
): Promise<Stack> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), "chatai-stack-")));
  const port = options.port ?? (await freePort());
  const startedAt = performance.now();
  const child = spawn("npm", ["start"], {
    env: { ...process.env, ...ownSettingsCleared(), DATA_DIR: dataDir, PORT: String(port), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const chunks: Buffer[] = [];
  const output = () => Buffer.concat(chunks).toString();
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  const closed = once(child, "close") as Promise<[number | null]>;
  let exit: { code: number | null } | null = null;
  void closed.then(([code]) => (exit = { code }));

  const url = `http://localhost:${port}`;
  while (!output().includes("Stop with Ctrl-C")) {
    if (exit !== null) throw new StackEnded((await closed)[0], output());
    if (performance.now() - startedAt > START_TIMEOUT_MS) {
      child.kill("SIGTERM");
      throw new Error(`npm start did not serve in time:\n${output()}`);
    }
    await delay(20);
  }
  const startedInMs = performance.now() - startedAt;
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    // SIGKILL hits npm and everything it runs; any other signal goes to npm alone, as from a process manager.
    if (signal === "SIGKILL" && child.pid) process.kill(-child.pid, signal);
    else child.kill(signal);
    return (await closed)[0];
  };
  return { url, port, dataDir, pid: child.pid ?? 0, startedInMs, output, stop };
}

/** What the developer's shell says about databases and providers must not leak into a stack under test. */
function ownSettingsCleared(): Record<string, undefined> {
  const kept = /^(PATH|HOME|USER|LANG|LC_ALL|TMPDIR|CI|NO_COLOR|FORCE_COLOR|npm_config_.*|https?_proxy|no_proxy)$/i;
  const cleared = Object.keys(process.env).filter((name) => !kept.test(name));
  return Object.fromEntries(cleared.map((name) => [name, undefined]));
}
