import { audit } from "@/modules/audit/server/service";
import type { Ctx } from "@/server/context";
import { type FoundFile, listFiles, removeFound } from "@/server/storage-listing";
import { findKnownKeys } from "./repository";

export type AbandonedFile = Pick<FoundFile, "place" | "key" | "sizeBytes" | "modifiedAt">;
export type Sweep = { files: AbandonedFile[]; sizeBytes: number; keptFiles: number };

const batchSize = 500;
// A database that does not know most of many files is more likely the wrong one than right.
const suspicious = { files: 20, share: 0.5 };

/**
 * Files that no row names, last written before that instant: what a crash left while it was received, and what lost its
 * row without its job. A younger file may belong to an upload under way.
 */
export async function findAbandoned(ctx: Ctx, before: Date): Promise<Sweep> {
  const files: AbandonedFile[] = [];
  let keptFiles = 0;
  for await (const batch of batched(listFiles(), batchSize)) {
    keptFiles += batch.filter(({ place }) => place === "kept").length;
    const old = batch.filter(({ modifiedAt }) => modifiedAt < before);
    const known = await findKnownKeys(
      ctx.db,
      old.filter(({ place }) => place === "kept").map(({ key }) => key),
    );
    files.push(...old.filter(({ place, key }) => place === "staging" || !known.has(key)));
  }
  return { files, sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0), keptFiles };
}

/** Removes abandoned files, and records how many. */
export async function removeAbandoned(ctx: Ctx, { files, sizeBytes }: Sweep): Promise<void> {
  for (const file of files) await removeFound(file);
  if (files.length === 0) return;
  await audit(ctx, { operation: "uploads.swept", targetKind: "storage", detail: { files: files.length, sizeBytes } });
}

/** Whether so much is unknown that a person should look at it before anything goes. */
export function looksLikeAnotherDatabase({ files, keptFiles }: Sweep): boolean {
  const unknown = files.filter(({ place }) => place === "kept").length;
  return unknown >= suspicious.files && unknown > keptFiles * suspicious.share;
}

async function* batched<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
