import { db } from "@/db/client";
import { claimOnce } from "@/db/once";
import { verifyPassword } from "@/modules/auth/server/passwords";
import { findAccountByEmail } from "@/modules/users/server/repository";
import { makeCtx } from "@/server/testing";
import { inTransaction } from "@/server/transaction";

export type DemoSignIn = { email: string; password: string };

export const DEMO_EMAIL = "demo@chatai.local";

/**
 * Puts the demo workspace into an installation that never had one: all of it or nothing, and never again, even when
 * people have deleted it since. Resolves to the sign-in while it works, null once somebody changed or removed it.
 */
export async function seedDemo(password: string): Promise<DemoSignIn | null> {
  const ctx = makeCtx(db(), { kind: "system", job: "cli.seed-demo" });
  await inTransaction(ctx, async (inside) => {
    // Somebody may have registered the address while the demo was off; it is theirs then.
    if (await findAccountByEmail(inside.db, DEMO_EMAIL)) return;
    if (!(await claimOnce(inside.db, "demo-workspace"))) return;
    // It brings half of the product with it, and a second start has nothing to seed.
    const { seedWorkspace } = await import("./demo/workspace");
    await seedWorkspace(inside, { email: DEMO_EMAIL, password });
  });
  const account = await findAccountByEmail(db(), DEMO_EMAIL);
  const isOurs = account?.status === "active" && (await verifyPassword(account.passwordHash, password));
  return isOurs ? { email: DEMO_EMAIL, password } : null;
}
