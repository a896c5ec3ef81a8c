import { seedDemoPeople } from "@/modules/auth/testing";
import { saveDemo } from "@/modules/site/server/repository";
import type { Ctx } from "@/server/context";
import { seedShop } from "./shop";

/** The demo's people and their shop's two assistants, in the caller's transaction. */
export async function seedWorkspace(ctx: Ctx, signIn: { email: string; password: string }): Promise<void> {
  const owner = await seedDemoPeople(ctx, signIn);
  const assistantIds = { en: await seedShop(owner, "en"), ru: await seedShop(owner, "ru") };
  await saveDemo(owner.db, { workspaceId: owner.workspaceId, assistantIds });
}
