import { isBuiltin } from "node:module";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { installationBundle } from "./build-worker";

const { metafile } = await build({ ...installationBundle, write: false, metafile: true });

describe("the worker", () => {
  it("loads at its start only what every installation needs; the rest comes with the first job that uses it", () => {
    expect(packagesAtStart(".next/worker/worker.mjs")).toEqual([
      "grammy",
      "graphile-worker",
      "marked",
      "next-intl",
      "openai/error",
      "pino",
      "postgres",
      "snowball-stemmers",
      "tinyld/light",
      "uuidv7",
    ]);
  });
});

describe("the start command", () => {
  it("loads hardly anything when there is nothing to build, to migrate or to seed", () => {
    expect(packagesAtStart(".next/worker/start.mjs")).toEqual(["postgres"]);
  });
});

/** Packages that a file of the bundle and the files it imports need before anything runs. */
function packagesAtStart(entry: string): string[] {
  const seen = new Set<string>();
  const found = new Set<string>();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const { path, kind, external } of metafile.outputs[file]?.imports ?? []) {
      if (kind !== "import-statement" && kind !== "require-call") continue;
      if (!external) waiting.push(path);
      else if (!isBuiltin(path)) found.add(path);
    }
  }
  return [...found].sort();
}
