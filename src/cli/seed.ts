import { db } from "@/db/client";
import { claimOnce } from "@/db/once";
import type { Ctx, System } from "@/server/context";
import { makeCtx } from "@/server/testing";
import { inTransaction } from "@/server/transaction";

export type DemoSignIn = { email: string; password: string };

export const DEMO_EMAIL = "demo@chatai.local";

/** Modules' builders in the order of their tiers; each adds its share of the demo workspace. */
const steps: ((ctx: Ctx<System>, demo: DemoSignIn) => Promise<void>)[] = [];

/**
 * Puts the demo workspace into an installation that never had one: all of it or nothing, and never again, even when
 * people have deleted it since. Resolves to the sign-in while there is one.
 */
export async function seedDemo(password: string): Promise<DemoSignIn | null> {
  const demo = { email: DEMO_EMAIL, password };
  const ctx = makeCtx(db(), { kind: "system", job: "cli.seed-demo" });
  await inTransaction(ctx, async (inside) => {
    if (!(await claimOnce(inside.db, "demo-workspace"))) return;
    for (const step of steps) await step(inside, demo);
  });
  return steps.length > 0 ? demo : null;
}
