import { db } from "@/db/client";
import { countAppliedMigrations } from "@/modules/system/server/repository";
import { logger } from "@/server/logger";
import journal from "../../../../drizzle/meta/_journal.json";

const TIMEOUT_MS = 3_000;

/** Whether the database answers and has every migration that this build knows. */
export async function isReady(): Promise<boolean> {
  try {
    const applied = await Promise.race([countAppliedMigrations(db()), rejectLate()]);
    return applied >= journal.entries.length;
  } catch (error) {
    logger.warn({ event: "not-ready", error });
    return false;
  }
}

function rejectLate(): Promise<never> {
  return new Promise((_resolve, reject) =>
    setTimeout(() => reject(new Error("The database did not answer in time.")), TIMEOUT_MS).unref(),
  );
}
