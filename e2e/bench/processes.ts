import { readdir, readFile } from "node:fs/promises";

/** Proportional set size in bytes of a process and everything it started; Linux only. */
export async function treePssBytes(rootPid: number): Promise<Map<string, number>> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map<number, number>();
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    if (parent) parents.set(pid, parent);
  }
  const isInTree = (pid: number): boolean => pid === rootPid || isParentInTree(parents.get(pid));
  const isParentInTree = (pid: number | undefined): boolean => pid !== undefined && pid > 1 && isInTree(pid);
  const sizes = new Map<string, number>();
  for (const pid of pids.filter(isInTree)) {
    const command = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ");
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
    const kilobytes = Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0);
    const part = partOf(command);
    sizes.set(part, (sizes.get(part) ?? 0) + kilobytes * 1024);
  }
  return sizes;
}

function partOf(command: string): string {
  if (command.includes("worker.mjs")) return "worker";
  if (command.includes("next")) return "web";
  if (command.includes("postgres")) return "database";
  return "supervisor";
}
