import { readdir, readFile } from "node:fs/promises";

/** What a process of an installation is. */
export type Part = "web" | "worker" | "database" | "supervisor";
type Process = { pid: number; part: Part; stat: string[] };

// The kernel counts the time of processes in hundredths of a second.
const MS_PER_TICK = 10;

/** Proportional set size in bytes of a process and everything it started; Linux only. */
export async function treePssBytes(rootPid: number): Promise<Map<Part, number>> {
  const sizes = new Map<Part, number>();
  for (const { pid, part } of await listTree(rootPid)) {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
    const kilobytes = Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0);
    sizes.set(part, (sizes.get(part) ?? 0) + kilobytes * 1024);
  }
  return sizes;
}

/** Processor time in milliseconds that a process and everything it started have used so far; Linux only. */
export async function treeCpuMs(rootPid: number): Promise<Map<Part, number>> {
  const times = new Map<Part, number>();
  for (const { part, stat } of await listTree(rootPid)) {
    const [user = 0, system = 0] = stat.slice(11, 13).map(Number);
    times.set(part, (times.get(part) ?? 0) + (user + system) * MS_PER_TICK);
  }
  return times;
}

async function listTree(rootPid: number): Promise<Process[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = new Map<number, string[]>();
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    // The name of the program, in brackets, may hold anything; what follows is plain.
    if (stat) stats.set(pid, stat.slice(stat.lastIndexOf(")") + 2).split(" "));
  }
  const isInTree = (pid: number): boolean => pid === rootPid || (pid > 1 && isInTree(Number(stats.get(pid)?.[1] ?? 0)));
  const tree: Process[] = [];
  for (const [pid, stat] of stats) {
    if (!isInTree(pid)) continue;
    const command = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ");
    tree.push({ pid, part: partOf(command), stat });
  }
  return tree;
}

function partOf(command: string): Part {
  if (command.includes("worker.mjs")) return "worker";
  if (command.includes("next")) return "web";
  if (command.includes("postgres")) return "database";
  return "supervisor";
}
