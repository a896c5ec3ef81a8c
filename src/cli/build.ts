import { once } from "node:events";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { hasCurrentBuild, recordBuild, sourceHash } from "./build-hash";
import type { Lifecycle } from "./lifecycle";
import { spawnNode } from "./part";
import { StartProblem } from "./problem";

/** Next's command line script, to be run by this Node. */
export const nextScript = createRequire(import.meta.url).resolve("next/dist/bin/next");

/** Arguments that serve the build. Node itself leaves the types out of the configuration, so that no compiler is loaded for it. */
export const serveArgs = (port: number) => [
  nextScript,
  "start",
  "--experimental-next-config-strip-types",
  "-p",
  String(port),
];

/** Builds web and worker unless what is there was built from these very sources. */
export async function ensureBuild(lifecycle: Lifecycle): Promise<void> {
  const root = process.cwd();
  if (await hasCurrentBuild(root)) return;
  console.log("Building, which takes about half a minute …");
  const hash = await sourceHash(root);
  await recordBuild(root, null);
  const child = spawnNode([nextScript, "build"], {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
  });
  lifecycle.onStop(() => void child.kill("SIGTERM"));
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
  const [code] = (await once(child, "close")) as [number | null];
  const isWhole = code === 0 && existsSync(".next/BUILD_ID");
  if (!isWhole) throw new StartProblem(`${Buffer.concat(output).toString()}\nThe build failed.`);
  const [{ build }, { installationBundle }] = await Promise.all([import("esbuild"), import("./build-worker")]);
  await build(installationBundle);
  await recordBuild(root, hash);
}
