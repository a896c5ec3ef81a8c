import { existsSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { closeDb, openDb } from "@/db/client";
import type { HealthReport } from "@/modules/system/server/health-report";
import { runCommand } from "./command";
import { openInstallation, readEnvironment } from "./environment";
import type { Lifecycle } from "./lifecycle";
import { StartProblem } from "./problem";

await runCommand({
  name: "health",
  summary: `Prints the state of database, migrations, worker, storage, disk and Redis as JSON.
Exits with 1 when one of them is in error: without a running worker nothing is answered, so that is one.`,
  options: {},
  input: z.object({}),
  run: async (_input, lifecycle) => {
    const report = await inspect(lifecycle);
    console.log(JSON.stringify(report ?? { status: "error", reason: "not-installed" }, null, 2));
    if (report === null) throw new StartProblem("There is no installation in DATA_DIR yet. Run `npm start`.");
    if (report.status === "error") throw new StartProblem(`Not healthy: ${listErrors(report).join(", ")}.`);
  },
});

async function inspect(lifecycle: Lifecycle): Promise<HealthReport | null> {
  const env = readEnvironment();
  const cluster = path.resolve(env.DATA_DIR, "postgres", "password");
  if (!env.DATABASE_URL && !existsSync(cluster)) return null;
  const { databaseUrl } = await openInstallation(env, lifecycle);
  const { inspectHealth } = await import("@/modules/system/server/health-report");
  const db = openDb(databaseUrl, { max: 2 });
  lifecycle.onStop(() => closeDb(db, { timeout: 1 }));
  return inspectHealth(db, env.REDIS_URL, new Date());
}

function listErrors({ checks }: HealthReport): string[] {
  return Object.entries(checks).flatMap(([name, { status, reason }]) =>
    status === "error" ? [`${name} (${reason})`] : [],
  );
}
