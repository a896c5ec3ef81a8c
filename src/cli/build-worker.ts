import { pathToFileURL } from "node:url";
import { build, type BuildOptions } from "esbuild";
import manifest from "../../package.json" with { type: "json" };
import { recordBuild, sourceHash } from "./build-hash";

/** Of these only the used part is loaded when they are inside the bundle, which spares the worker 70 MB. */
const SHAKEN = new Set(["ai", "drizzle-orm", "zod"]);

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
  splitting: true,
  external: Object.keys(manifest.dependencies).filter((name) => !SHAKEN.has(name)),
  tsconfig: "tsconfig.json",
  jsx: "automatic",
  sourcemap: "linked",
  sourcesContent: false,
  logLevel: "warning",
} satisfies BuildOptions;

/** With it the start command, whose sources take ten times as long to load. */
export const installationBundle = {
  ...workerBundle,
  entryPoints: { ...workerBundle.entryPoints, start: "src/cli/start.ts" },
} satisfies BuildOptions;

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  // The last step of `npm run build`, so it also says that the build is whole.
  await build(installationBundle);
  await recordBuild(process.cwd(), await sourceHash(process.cwd()));
}
