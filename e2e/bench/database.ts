import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { closeDb, openDb, type RootDb } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { startEmbeddedPostgres } from "@/server/embedded-postgres";

/** Runs `work` on a migrated database of its own, which is gone afterwards. */
export async function withBenchDatabase<T>(work: (db: RootDb, url: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "chatai-bench-"));
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    await migrateDatabase(server.url());
    const db = openDb(server.url());
    try {
      return await work(db, server.url());
    } finally {
      await closeDb(db, { timeout: 5 });
    }
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
