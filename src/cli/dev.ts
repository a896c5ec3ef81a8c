import { context, type Plugin } from "esbuild";
import { nextScript } from "./build";
import { workerBundle } from "./build-worker";
import { prepareInstallation, readEnvironment } from "./environment";
import { runUntilStopped } from "./lifecycle";
import { ownSourceMaps, startPart, type Part } from "./part";
import { refuseBusyPort } from "./port";
import { isServing } from "./ready";
import { seedDemo } from "./seed";

const DEV_BUNDLES = ".next/worker-dev";
// In one piece, because each change would leave parts under old names behind.
const DEV_SHAPE = { outdir: DEV_BUNDLES, splitting: false };
// A developer waits for the restart; a job that is cut off runs again.
const GRACE_MS = 3_000;

await runUntilStopped(async (lifecycle) => {
  const env = readEnvironment();
  await refuseBusyPort(env.PORT);
  const installation = await prepareInstallation(env, lifecycle);
  const demo = env.DEMO === "on" ? await seedDemo(installation.demoPassword) : null;
  const childEnv = { ...installation.childEnv, NODE_ENV: "development" } as const;

  const web = { name: "web", args: [nextScript, "dev", "-p", String(env.PORT)], env: childEnv, graceMs: GRACE_MS };
  lifecycle.onStop(startPart(web, lifecycle.fail).stop);

  let worker: Part | null = null;
  const restartWorker: Plugin = {
    name: "restart-worker",
    setup: (build) =>
      build.onEnd(async ({ errors }) => {
        if (errors.length > 0 || lifecycle.isStopping()) return;
        if (worker) return worker.restart();
        const args = ["--import", ownSourceMaps, `${DEV_BUNDLES}/worker.mjs`];
        worker = startPart({ name: "worker", args, env: childEnv, graceMs: GRACE_MS }, lifecycle.fail);
        lifecycle.onStop(worker.stop);
      }),
  };
  const watcher = await context({ ...workerBundle, ...DEV_SHAPE, plugins: [restartWorker] });
  lifecycle.onStop(() => watcher.dispose());
  await watcher.watch();

  if (!(await isServing(env.PORT, lifecycle))) return;
  console.log(`\nChatAI is in development at ${env.appUrl}`);
  if (demo) console.log(`Demo sign-in: ${demo.email} / ${demo.password}`);
  await new Promise(() => {});
});
