import { readFileSync } from "node:fs";

type Link = { pid: number; parent: number };

const WATCH_MS = 500;

/**
 * Calls `onLost` when npm, or the shell between npm and us, is gone. npm passes a signal to its shell only, and some shells
 * die of it without telling us. Linux only: elsewhere the shell hands its process over.
 */
export function watchNpm(onLost: () => void): void {
  const chain = chainToNpm();
  if (chain.length === 0) return;
  const timer = setInterval(() => {
    if (chain.every((link) => parentOf(link.pid) === link.parent)) return;
    clearInterval(timer);
    onLost();
  }, WATCH_MS);
  timer.unref();
}

function chainToNpm(): Link[] {
  if (!process.env.npm_lifecycle_event || process.platform !== "linux") return [];
  const chain: Link[] = [];
  for (let pid = process.pid; chain.length < 5;) {
    const parent = parentOf(pid);
    if (parent <= 1) return [];
    chain.push({ pid, parent });
    if (commandOf(parent).startsWith("npm")) return chain;
    pid = parent;
  }
  return [];
}

/** 0 when the process is gone. */
function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold anything, so fields are counted from its end.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
