import { spawn, type ChildProcess, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";

export type PartSpec = {
  name: string;
  /** Arguments for this Node: flags and script. */
  args: string[];
  env: NodeJS.ProcessEnv;
  /** How long it may take to end by itself after SIGTERM. */
  graceMs: number;
};

export type Part = {
  /** Ends the process: politely, then by force after its grace or when `force` aborts. */
  stop: (force?: AbortSignal) => Promise<void>;
  restart: () => Promise<void>;
};

// What Next says about itself; the address that matters is printed once everything serves.
const BANNER =
  /^\s*(▲|- (Local|Network|Environments|Experiments)\b|✓ (Ready|Starting|Running next.config)|Starting\.\.\.)/;

const LONGEST_PAUSE_MS = 30_000;
const STEADY_AFTER_MS = 60_000;
const GIVE_UP_AFTER = 5;

/**
 * Starts a process of the installation and keeps it running. One that dies is started again after a growing pause, so a
 * fault in one part does not take the others down; five deaths without a steady minute between them are given up.
 */
export function startPart(spec: PartSpec, giveUp: (reason: string) => void): Part {
  const dismissed = new WeakSet<ChildProcess>();
  let isStopped = false;
  let deaths = 0;
  let child: ChildProcess;
  begin();

  function begin(): void {
    child = launch(spec);
    void watch(child, Date.now());
  }
  async function watch(watched: ChildProcess, startedAt: number): Promise<void> {
    const [code, signal] = (await once(watched, "exit")) as [number | null, NodeJS.Signals | null];
    if (dismissed.has(watched)) return;
    deaths = Date.now() - startedAt > STEADY_AFTER_MS ? 1 : deaths + 1;
    const how = signal ?? `exit code ${code}`;
    if (deaths >= GIVE_UP_AFTER) return giveUp(`${spec.name} keeps ending (${how}); stopping.`);
    const pauseMs = Math.min(250 * 2 ** deaths, LONGEST_PAUSE_MS);
    console.error(`${spec.name} ended (${how}); starting it again in ${pauseMs / 1000} s.`);
    await delay(pauseMs);
    if (!isStopped && watched === child) begin();
  }
  return {
    stop: (force) => {
      isStopped = true;
      dismissed.add(child);
      return end(child, spec.graceMs, force);
    },
    restart: async () => {
      const old = child;
      dismissed.add(old);
      await end(old, spec.graceMs);
      if (!isStopped && child === old) begin();
    },
  };
}

const followParent = path.resolve("src/cli/follow-parent.mjs");
/** Halves the processor time of a start: what Node compiled at the first one is kept until the next build. */
export const compileCache = { NODE_COMPILE_CACHE: path.resolve(".next/compile-cache") };
/** To be preloaded into the worker. */
export const ownSourceMaps = path.resolve("src/cli/own-source-maps.mjs");

/**
 * Runs a script with this Node in a session of its own, so that Ctrl-C reaches us alone and we stop things in order.
 * When we are killed, it ends too.
 */
export function spawnNode(args: string[], env: NodeJS.ProcessEnv): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, ["--import", followParent, ...args], {
    env: { ...env, CHATAI_PARENT: String(process.pid) },
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // The overloads of `spawn` do not know the fourth channel; the first three are as declared.
  }) as ChildProcess as ChildProcessByStdio<null, Readable, Readable>;
}

function launch(spec: PartSpec): ChildProcess {
  const child = spawnNode(spec.args, spec.env);
  child.on("error", (error) => console.error(`${spec.name}: ${error.message}`));
  relay(child.stdout, spec.name, process.stdout);
  relay(child.stderr, spec.name, process.stderr);
  return child;
}

function relay(from: Readable, name: string, to: NodeJS.WritableStream): void {
  createInterface({ input: from }).on("line", (line) => {
    if (line.trim() !== "" && !BANNER.test(line)) to.write(`${name.padEnd(6)} | ${line}\n`);
  });
}

async function end(child: ChildProcess, graceMs: number, force?: AbortSignal): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const patience = force ? AbortSignal.any([force, AbortSignal.timeout(graceMs)]) : AbortSignal.timeout(graceMs);
  const kill = () => child.kill("SIGKILL");
  if (patience.aborted) kill();
  patience.addEventListener("abort", kill, { once: true });
  await gone;
  patience.removeEventListener("abort", kill);
}
