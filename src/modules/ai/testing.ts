import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { newId } from "@/lib/ids";
import { givenUser, personCtx } from "@/modules/users/testing";
import type { AiKey, CreateKeyInput } from "./pool/contract";
import { createKeyInput } from "./pool/contract";
import { createKey } from "./server/keys/service";
import { forgetMembers } from "./server/pool/members";

/** A context of a new member of the platform's staff. */
export async function givenStaff(db: Db) {
  return personCtx(db, await givenUser(db, { role: "admin" }));
}

/** A key of the panel, through the real use case: without quotas, first in line, on one model. */
export async function givenKey(db: Db, overrides: Partial<CreateKeyInput> = {}): Promise<AiKey> {
  const input = createKeyInput.parse({
    name: "Key",
    provider: "openai",
    secret: `sk-${newId()}`,
    models: ["fake-standard"],
    dailyTokenQuota: null,
    monthlyTokenQuota: null,
    ...overrides,
  });
  return createKey(await givenStaff(db), input);
}

/** Ends every key's rest, and takes away the keys of the panel: they belong to the platform, not to a test's workspace. */
export async function givenFreshPool(db: Db): Promise<void> {
  await db.execute(sql`delete from ai_keys where source = 'panel'`);
  await db.execute(
    sql`update ai_keys set cooling_until = null, cooling_reason = null, failures = 0, opened_at = null, probe_until = null`,
  );
  forgetMembers();
}
