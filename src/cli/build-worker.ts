import { pathToFileURL } from "node:url";
import { build, type BuildOptions } from "esbuild";
import { recordBuild, sourceHash } from "./build-hash";

/**
 * How the worker is bundled: our sources inside, packages outside. Files are read in a thread that the worker starts
 * from a file beside its own.
 */
export const workerBundle = {
  entryPoints: { worker: "src/worker.ts", "extract-thread": "src/modules/knowledge/server/extract/thread.ts" },
  outdir: ".next/worker",
  outExtension: { ".js": ".mjs" },
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
