import { spawn } from "node:child_process";
import path from "node:path";

export type RunResult = { code: number; output: string; durationMs: number };

const live = new Set<number>();
process.on("exit", () => {
  for (const pid of live) killGroup(pid);
});

/**
 * Runs a tool with the project's own Node first on PATH and nothing on stdin. `show` passes its output on while it is
 * collected. When this process ends first, the tool and its children go with it.
 */
export function run(
  command: string,
  args: string[],
  options: { env?: Record<string, string | undefined>; show?: boolean; cwd?: string; timeoutMs?: number } = {},
): Promise<RunResult> {
  const startedAt = performance.now();
  const bin = path.resolve("node_modules", ".bin");
  const env = { ...process.env, ...options.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ""}` };
  const child = spawn(command, args, { cwd: options.cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const pid = child.pid;
  if (pid !== undefined) live.add(pid);
  const chunks: Buffer[] = [];
  for (const [stream, target] of [[child.stdout, process.stdout] as const, [child.stderr, process.stderr] as const]) {
    stream.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      if (options.show) target.write(chunk);
    });
  }
  const timer =
    options.timeoutMs && pid !== undefined ? setTimeout(() => killGroup(pid), options.timeoutMs) : undefined;
  return new Promise((resolve) => {
    const settle = (code: number, note = "") => {
      clearTimeout(timer);
      if (pid !== undefined) live.delete(pid);
      resolve({ code, output: Buffer.concat(chunks).toString() + note, durationMs: performance.now() - startedAt });
    };
    child.once("error", (error) => settle(127, error.message));
    child.once("close", (code, signal) => settle(code ?? 1, signal ? `\nended by ${signal}` : ""));
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGTERM");
  } catch {
    // It has ended by itself.
  }
}
