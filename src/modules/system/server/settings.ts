import type { Db } from "@/db/client";
import { type LimitName, limitSettings } from "@/modules/system/contract";
import { findSetting, upsertSetting } from "@/modules/system/server/repository";

const CATEGORY = "limits";
// A changed setting takes effect everywhere within this time.
const CACHE_MS = 5_000;

const cache = new Map<LimitName, { value: number; readAtMs: number }>();

/** The limit in force: what staff set, else its starting value. A stored value out of range counts as not set. */
export async function limitOf(db: Db, name: LimitName): Promise<number> {
  const cached = cache.get(name);
  if (cached && Date.now() - cached.readAtMs < CACHE_MS) return cached.value;
  const { schema, initial } = limitSettings[name];
  const stored = schema.safeParse(await findSetting(db, CATEGORY, name));
  const value = stored.success ? stored.data : initial;
  cache.set(name, { value, readAtMs: Date.now() });
  return value;
}

/** Sets a limit; refuses values out of its range with a ZodError. */
export async function setLimit(db: Db, name: LimitName, value: number): Promise<void> {
  await upsertSetting(db, CATEGORY, name, limitSettings[name].schema.parse(value));
  cache.delete(name);
}
