import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { env } from "@/server/env";

/** A received file. It gets its lasting place with `keep`, and leaves no trace with `discard`, kept or not. */
export type StagedFile = {
  key: string;
  path: string;
  sizeBytes: number;
  sha256: string;
  keep(): Promise<void>;
  discard(): Promise<void>;
};

const keyPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const FULL_DISK = new Set(["ENOSPC", "EDQUOT"]);

/**
 * Receives a file under a random key, beside the kept ones so that `keep` is one rename. Whatever goes wrong, nothing
 * is left behind. Refuses: PAYLOAD_TOO_LARGE past `maxBytes`, STORAGE_FULL when the disk is full.
 */
export async function stageFile(source: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StagedFile> {
  const key = newId();
  const staged = path.join(uploadsDir(), "staging", key);
  const discard = async () => {
    await rm(staged, { force: true });
    await removeStored(key);
  };
  try {
    await mkdir(path.dirname(staged), { recursive: true });
    const { sizeBytes, sha256 } = await writeAll(staged, source, maxBytes);
    return { key, path: staged, sizeBytes, sha256, keep: () => keep(staged, key), discard };
  } catch (error) {
    await discard();
    throw translate(error);
  }
}

/** The local path of a kept file, for readers that need random access. Throws for anything that is not a key. */
export function storedPath(key: string): string {
  // Keys are ours; the check keeps a damaged row from ever naming a path.
  if (!keyPattern.test(key)) throw new Error("Not a storage key.");
  return path.join(uploadsDir(), key.slice(-2), key);
}

/** A kept file's bytes, or null when it is gone. */
export async function openStored(key: string): Promise<{ stream: Readable; sizeBytes: number } | null> {
  const found = await stat(storedPath(key)).catch(ignoreMissing);
  return found === null ? null : { stream: createReadStream(storedPath(key)), sizeBytes: found.size };
}

/** Removes a kept file; one that is gone already is fine. */
export async function removeStored(key: string): Promise<void> {
  await rm(storedPath(key), { force: true });
}

/** Throws what the system says when files cannot be stored here. */
export async function refuseUnwritableStorage(): Promise<void> {
  const probe = path.join(uploadsDir(), "staging", newId());
  await mkdir(path.dirname(probe), { recursive: true });
  await writeFile(probe, "");
  await rm(probe);
}

/** The room on the disk that holds the files. */
export async function readDisk(): Promise<{ freeBytes: number; totalBytes: number }> {
  const { bavail, blocks, bsize } = await statfs(path.resolve(env().DATA_DIR));
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

const uploadsDir = () => path.resolve(env().DATA_DIR, "uploads");

async function writeAll(target: string, source: AsyncIterable<Uint8Array>, maxBytes: number) {
  const hash = createHash("sha256");
  const file = await open(target, "wx", 0o600);
  let sizeBytes = 0;
  try {
    for await (const chunk of source) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) throw tooLarge(maxBytes);
      hash.update(chunk);
      await file.write(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sizeBytes, sha256: hash.digest("hex") };
}

async function keep(staged: string, key: string): Promise<void> {
  try {
    await mkdir(path.dirname(storedPath(key)), { recursive: true });
    await rename(staged, storedPath(key));
  } catch (error) {
    throw translate(error);
  }
}

/** The refusal of a file over the limit; `facts.megabytes` names the limit. */
export function tooLarge(maxBytes: number): AppError {
  const megabytes = Math.floor(maxBytes / (1024 * 1024));
  return new AppError("PAYLOAD_TOO_LARGE", `The file is over ${megabytes} MB.`, {
    facts: { reason: "too-large", megabytes },
  });
}

function translate(error: unknown): unknown {
  if (!FULL_DISK.has(errorCode(error))) return error;
  return new AppError("STORAGE_FULL", "There is no room left for files.", {
    cause: error,
    facts: { reason: "no-space" },
  });
}

function ignoreMissing(error: unknown): null {
  if (errorCode(error) === "ENOENT") return null;
  throw error;
}

const errorCode = (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : "");
