import { enableCompileCache } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

enableCompileCache(path.resolve(".next/compile-cache"));

// What `npm start` runs. A build holds the start command as well, ready to run; without one of these very sources the
// sources are compiled while they are loaded, which takes a second longer.
const built = pathToFileURL(path.resolve(".next/worker/start.mjs")).href;
// Missing, or half of what an interrupted build left.
const command = await import(built).catch(() => null);
if (!(await command?.startBuilt())) {
  await import("tsx");
  const { buildAndStart } = await import("./start.ts");
  await buildAndStart();
}
