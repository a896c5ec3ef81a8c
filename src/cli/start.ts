import { ensureBuild, serveArgs } from "./build";
import { hasCurrentBuild } from "./build-hash";
import { prepareInstallation, readEnvironment, type Installation } from "./environment";
import { runUntilStopped, type Lifecycle } from "./lifecycle";
import { compileCache, ownSourceMaps, startPart } from "./part";
import { refuseBusyPort } from "./port";
import { isServing } from "./ready";
import type { DemoSignIn } from "./seed";

// The worker ends the jobs it runs; an answer being generated is the longest of them.
const WORKER_GRACE_MS = 30_000;
const WEB_GRACE_MS = 8_000;

/** Serves with the build that is there. False, with nothing done, when that is not one of these sources. */
export async function startBuilt(): Promise<boolean> {
  if (!(await hasCurrentBuild(process.cwd()))) return false;
  return serve(async () => undefined);
}

/** Builds if need be, and serves. */
export const buildAndStart = () => serve(ensureBuild);

function serve(build: (lifecycle: Lifecycle) => Promise<void>): Promise<never> {
  return runUntilStopped(async (lifecycle) => {
    const env = readEnvironment();
    await refuseBusyPort(env.PORT);
    const installation = await prepareInstallation(env, lifecycle);
    await build(lifecycle);
    if (lifecycle.isStopping()) return;
    startParts(installation, lifecycle);
    const demo = env.DEMO === "on" ? await seed(installation) : null;
    if (!(await isServing(env.PORT, lifecycle))) return;
    console.log(`\nChatAI is serving at ${env.appUrl}`);
    if (demo) console.log(`Demo sign-in: ${demo.email} / ${demo.password}`);
    console.log("Stop with Ctrl-C.\n");
    await new Promise(() => {});
  });
}

// Loaded while web starts.
async function seed(installation: Installation): Promise<DemoSignIn | null> {
  const { seedDemo } = await import("./seed");
  return seedDemo(installation.demoPassword);
}

function startParts({ env, childEnv }: Installation, lifecycle: Lifecycle): void {
  const production = { ...compileCache, ...childEnv, NODE_ENV: "production" } as const;
  const web = {
    name: "web",
    args: serveArgs(env.PORT),
    env: production,
    graceMs: WEB_GRACE_MS,
  };
  // Node would keep more room for new objects than an idle process needs.
  const bundle = ["--max-semi-space-size=8", "--import", ownSourceMaps, ".next/worker/worker.mjs"];
  const worker = { name: "worker", args: bundle, env: production, graceMs: WORKER_GRACE_MS };
  // Undone in reverse: the worker ends its jobs while web still answers, then web, then the database.
  for (const spec of [web, worker]) lifecycle.onStop(startPart(spec, lifecycle.fail).stop);
}
