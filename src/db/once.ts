import type { Db } from "./client";
import { systemSettings } from "./schema/platform";

/** True for the first caller ever with this name; part of the caller's transaction, so a failed first try leaves no trace. */
export async function claimOnce(db: Db, name: string): Promise<boolean> {
  const claimed = await db
    .insert(systemSettings)
    .values({ category: "once", key: name, value: { at: new Date().toISOString() } })
    .onConflictDoNothing()
    .returning({ key: systemSettings.key });
  return claimed.length > 0;
}
