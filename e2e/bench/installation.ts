import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { startEmbeddedPostgres } from "@/server/embedded-postgres";
import { startStack } from "../stack";
import { type Part, treePssBytes } from "./processes";
import type { BenchRow } from "./row";

const IDLE_MS = 10_000;
const MIB = 1024 * 1024;

/** How fast a built installation serves again, and what it occupies when nobody uses it. */
export async function run(): Promise<BenchRow[]> {
  const first = await startStack();
  await untilDemoIsRead(first.dataDir);
  await first.stop();
  const again = await startStack({ dataDir: first.dataDir });
  try {
    await delay(IDLE_MS);
    const sizes = await treePssBytes(again.pid);
    const mebibytes = (part: Part) => (sizes.get(part) ?? 0) / MIB;
    const total = mebibytes("web") + mebibytes("worker") + mebibytes("database");
    return [
      {
        name: "second start until it serves",
        value: again.startedInMs / 1000,
        unit: "s",
        budget: "≤ 3 s",
        ok: again.startedInMs <= 3_000,
      },
      { name: "idle memory: web", value: mebibytes("web"), unit: "MiB" },
      { name: "idle memory: worker", value: mebibytes("worker"), unit: "MiB" },
      { name: "idle memory: database", value: mebibytes("database"), unit: "MiB" },
      {
        name: "idle memory: web, worker and database",
        value: total,
        unit: "MiB",
        budget: "≤ 350 MiB",
        ok: total <= 350,
      },
      { name: "idle memory: the command that watches them", value: mebibytes("supervisor"), unit: "MiB" },
    ];
  } finally {
    await again.stop();
  }
}

// What the first start still had to read would otherwise be read by the second, which would not be idle.
async function untilDemoIsRead(dataDir: string): Promise<void> {
  const server = await startEmbeddedPostgres({ dataDir });
  const sql = postgres(server.url(), { max: 1, onnotice: () => undefined });
  const isPending = async () => (await sql`select 1 from documents where status <> 'ready' limit 1`).length > 0;
  while (await isPending()) await delay(200);
  await sql.end();
  await server.stop();
}
