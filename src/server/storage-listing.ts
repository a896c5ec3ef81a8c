import { opendir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { env } from "@/server/env";

/** A file under the uploads folder: received and not kept yet, or kept under its key. */
export type FoundFile = { place: "staging" | "kept"; key: string; sizeBytes: number; modifiedAt: Date };

const isKey = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const isShelf = /^[0-9a-f]{2}$/;

/** Every file that this product has put under the uploads folder, one at a time; what others left there is not listed. */
export async function* listFiles(): AsyncGenerator<FoundFile> {
  for await (const folder of entriesOf(uploadsDir())) {
    const place = folder === "staging" ? "staging" : isShelf.test(folder) ? "kept" : null;
    if (place === null) continue;
    for await (const key of entriesOf(path.join(uploadsDir(), folder))) {
      if (!isKey.test(key)) continue;
      const found = await stat(path.join(uploadsDir(), folder, key)).catch(() => null);
      if (found?.isFile()) yield { place, key, sizeBytes: found.size, modifiedAt: found.mtime };
    }
  }
}

/** Removes a listed file; one that is gone already is fine. */
export async function removeFound({ place, key }: Pick<FoundFile, "place" | "key">): Promise<void> {
  if (!isKey.test(key)) throw new Error("Not a storage key.");
  await rm(path.join(uploadsDir(), place === "staging" ? place : key.slice(-2), key), { force: true });
}

const uploadsDir = () => path.resolve(env().DATA_DIR, "uploads");

async function* entriesOf(dir: string): AsyncGenerator<string> {
  const opened = await opendir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
  if (opened !== null) for await (const { name } of opened) yield name;
}
