import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "@/server/embedded-postgres";
import { findChromium, findOnPath } from "./chromium";
import { run } from "./run";

/** A browser for the journeys: the machine's, Playwright's, or the distribution's package; null when none can be had. */
export async function provideChromium(): Promise<string | null> {
  const found = findChromium();
  if (found) return found;
  console.log("No Chromium here; downloading Playwright's …");
  await run("playwright", ["install", "chromium"], { timeoutMs: 300_000 });
  const downloaded = findChromium();
  if (downloaded && (await run(downloaded, ["--version"], { timeoutMs: 30_000 })).code === 0) return downloaded;
  console.log("That one cannot be had or does not run; installing the distribution's package …");
  await installPackage("chromium");
  return findChromium();
}

/** A real Redis on a free port for this run, or null when the machine has none and none can be installed. */
export async function provideRedis(): Promise<{ url: string; stop: () => void } | null> {
  if (!findOnPath(["redis-server"])) await installPackage("redis-server");
  const program = findOnPath(["redis-server"]);
  if (!program) return null;
  const port = await freePort();
  const flags = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn(program, flags, { stdio: "ignore", cwd: "/tmp" });
  process.on("exit", () => child.kill());
  if (!(await isListening(port, child))) return null;
  return { url: `redis://127.0.0.1:${port}`, stop: () => void child.kill() };
}

async function installPackage(name: string): Promise<void> {
  if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) return;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-qq"], { env, timeoutMs: 180_000 });
  const { code, output } = await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], {
    env,
    timeoutMs: 300_000,
  });
  if (code !== 0) console.log(output.trim().split("\n").slice(-3).join("\n"));
}

async function isListening(port: number, child: ChildProcess): Promise<boolean> {
  for (let attempt = 0; attempt < 200 && child.exitCode === null; attempt += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
      socket.unref().on("close", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (isOpen) return true;
    await delay(25);
  }
  return false;
}
