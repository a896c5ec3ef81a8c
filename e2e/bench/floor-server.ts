import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { freePort } from "@/server/embedded-postgres";

const directory = path.resolve("e2e/bench/floor");
const nextScript = createRequire(import.meta.url).resolve("next/dist/bin/next");
const START_TIMEOUT_MS = 30_000;

/** Builds the bare route that everything is measured against; Turbopack would take our own proxy for the floor's. */
export async function buildFloor(): Promise<void> {
  const child = spawn(process.execPath, [nextScript, "build", "--webpack", directory], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error("The floor did not build.");
}

export async function startFloor(
  databaseUrl: string,
  modelUrl: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  await sql`create table if not exists floor_messages (id uuid, author text, text text, created_at timestamptz default now())`;
  await sql.end();
  const port = await freePort();
  const child = spawn(process.execPath, [nextScript, "start", directory, "-p", String(port)], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      OPENAI_BASE_URL: modelUrl,
      NEXT_TELEMETRY_DISABLED: "1",
    },
    stdio: "ignore",
  });
  const url = `http://localhost:${port}`;
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await fetch(url).catch(() => null))) {
    if (Date.now() > deadline) throw new Error("The floor did not start.");
    await delay(50);
  }
  const stop = async () => {
    const closed = once(child, "close");
    child.kill("SIGTERM");
    await closed;
  };
  return { url, stop };
}
