import { pathToFileURL } from "node:url";
import { build, type BuildOptions } from "esbuild";
import { recordBuild, sourceHash } from "./build-hash";

/** How `src/worker.ts` becomes one file: our sources inside, packages outside. */
export const workerBundle = {
  entryPoints: ["src/worker.ts"],
  outfile: ".next/worker/worker.mjs",
  bundle: true,
  platform: "node",
  target: "node24",
  format: "esm",
  packages: "external",
  tsconfig: "tsconfig.json",
  jsx: "automatic",
  sourcemap: "linked",
  logLevel: "warning",
} as const satisfies BuildOptions;

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  // The last step of `npm run build`, so it also says that the build is whole.
  await build(workerBundle);
  await recordBuild(process.cwd(), await sourceHash(process.cwd()));
}
