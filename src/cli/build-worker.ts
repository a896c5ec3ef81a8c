import { pathToFileURL } from "node:url";
import { build, type BuildOptions } from "esbuild";
import manifest from "../../package.json" with { type: "json" };
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
  // Only its used half of Drizzle is loaded this way, which spares the worker 60 MB.
  external: Object.keys(manifest.dependencies).filter((name) => name !== "drizzle-orm"),
  tsconfig: "tsconfig.json",
  jsx: "automatic",
  sourcemap: "linked",
  logLevel: "warning",
} satisfies BuildOptions;

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  // The last step of `npm run build`, so it also says that the build is whole.
  await build(workerBundle);
  await recordBuild(process.cwd(), await sourceHash(process.cwd()));
}
