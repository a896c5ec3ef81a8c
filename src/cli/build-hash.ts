import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

const FILES = ["package-lock.json", "next.config.ts", "postcss.config.mjs", "tsconfig.json"];
const IS_TEST = /\.test\.tsx?$/;

/** What a build was made of: every source that can change it, by content. */
export async function sourceHash(root: string): Promise<string> {
  const entries = await readdir(path.join(root, "src"), { recursive: true, withFileTypes: true });
  const sources = entries
    .filter((entry) => entry.isFile() && !IS_TEST.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
  const hash = createHash("sha256");
  for (const file of [...FILES, ...sources].sort()) {
    const content = await readFile(path.join(root, file)).catch(() => null);
    if (content) hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

const recordOf = (root: string) => path.join(root, ".next", "build-hash");

/** True when `.next` holds a finished build of exactly these sources. */
export async function hasCurrentBuild(root: string): Promise<boolean> {
  const recorded = await readFile(recordOf(root), "utf8").catch(() => null);
  return recorded !== null && recorded === (await sourceHash(root));
}

/** Marks the build as finished, or with null as unusable until the next one is. */
export async function recordBuild(root: string, hash: string | null): Promise<void> {
  if (hash === null) return rm(recordOf(root), { force: true });
  await mkdir(path.dirname(recordOf(root)), { recursive: true });
  await writeFile(recordOf(root), hash);
}
