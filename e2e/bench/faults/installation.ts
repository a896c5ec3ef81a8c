import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ensureBuild, nextScript } from "@/cli/build";
import { readOrCreateSecrets } from "@/cli/secrets";
import { migrateDatabase } from "@/db/migrate";
import { freePort } from "@/server/embedded-postgres";
import { Cluster } from "./cluster";
import { Mortal } from "./mortal";

const START_TIMEOUT_MS = 60_000;

export type Installation = {
  dataDir: string;
  cluster: Cluster;
  webs: Mortal[];
  workers: Mortal[];
  /** Where each web process listens. */
  origins: string[];
  env: NodeJS.ProcessEnv;
  /** Ends everything; the folder with the logs stays when it is to be looked at. */
  stop: (keepsFolder: boolean) => Promise<void>;
};

/** A production installation of several processes, without the supervisor that keeps them alive. */
export async function startInstallation(
  size: { webs: number; workers: number },
  given: Record<string, string>,
): Promise<Installation> {
  await ensureBuild({ onStop: () => undefined, isStopping: () => false, fail: fail });
  const dataDir = await mkdtemp(path.join(tmpdir(), "chatai-faults-"));
  const { AUTH_SECRET, ENCRYPTION_KEY } = await readOrCreateSecrets(dataDir);
  const cluster = await Cluster.start(dataDir);
  await migrateDatabase(cluster.url);
  const ports = await Promise.all(Array.from({ length: size.webs }, () => freePort()));
  const origins = ports.map((port) => `http://127.0.0.1:${port}`);
  const { PATH, HOME, LANG } = process.env;
  const own = { DATA_DIR: dataDir, DATABASE_URL: cluster.url, AUTH_SECRET, ENCRYPTION_KEY, APP_URL: origins[0] };
  const env = { PATH, HOME, LANG, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", ...own, ...given } as const;
  const logOf = (name: string) => path.join(dataDir, `${name}.log`);
  const webs = ports.map((port, index) => {
    const args = [nextScript, "start", "-p", String(port)];
    const webEnv = { ...env, PORT: String(port), NEXTAUTH_URL: origins[0] };
    return new Mortal(`web-${index}`, { args, env: webEnv, log: logOf(`web-${index}`) });
  });
  const args = ["--max-semi-space-size=4", "--enable-source-maps", ".next/worker/worker.mjs"];
  const workers = Array.from({ length: size.workers }, (_, index) => {
    return new Mortal(`worker-${index}`, { args, env, log: logOf(`worker-${index}`) });
  });
  await Promise.all(origins.map(untilServing));
  const stop = async (keepsFolder: boolean) => {
    await Promise.all([...workers, ...webs].map((mortal) => mortal.stop()));
    await cluster.stop();
    if (!keepsFolder) await rm(dataDir, { recursive: true, force: true });
  };
  return { dataDir, cluster, webs, workers, origins, env, stop };
}

async function untilServing(origin: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await fetch(`${origin}/api/health/ready`).catch(() => null))?.ok) {
    if (Date.now() > deadline) fail(`${origin} does not serve.`);
    await delay(100);
  }
}

function fail(reason: string): never {
  throw new Error(reason);
}
