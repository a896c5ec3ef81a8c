import { closeDb, db } from "@/db/client";
import { givenKey } from "@/modules/ai/testing";
import { givenAssistant } from "@/modules/assistants/testing";
import { connectBot } from "@/modules/bots/server/service";
import { setLimit } from "@/modules/system/server/settings";
import { givenWorkspace } from "@/modules/workspaces/testing";
import type { SeedOrder } from "./seed";

// A process of its own, because the product reads its environment once.
const { workspaces, keys }: SeedOrder = JSON.parse(process.env.SEED_ORDER ?? "");
await setLimit(db(), "burstQuietMs", 0);
for (let key = 0; key < keys; key += 1) await givenKey(db(), { baseUrl: process.env.OPENAI_BASE_URL });
for (const { fundsMicros, tokens } of workspaces) {
  const { ctx } = await givenWorkspace(db(), { fundsMicros });
  const { id: assistantId } = await givenAssistant(ctx, { name: "Shop", language: "en", instructions: "Be brief." });
  for (const token of tokens) await connectBot(ctx, { assistantId, token });
}
await closeDb(db(), { timeout: 5 });
process.exit(0);
