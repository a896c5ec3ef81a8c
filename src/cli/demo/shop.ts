import { createReadStream } from "node:fs";
import path from "node:path";
import type { Locale } from "@/lib/locales";
import { createAssistant } from "@/modules/assistants/server/service";
import { knowledgeLimits } from "@/modules/knowledge/limits";
import { createQa } from "@/modules/knowledge/server/service/qa";
import { uploadDocument } from "@/modules/knowledge/server/service/upload";
import { demoTalksPlanned } from "@/modules/site/events";
import type { MemberCtx } from "@/server/context";
import { enqueue } from "@/server/jobs/define";
import { stageFile } from "@/server/storage";
import { DEMO_SHOPS } from "./content";

/**
 * One assistant of the demo with its knowledge, through the same use cases as a person's clicks: files are stored and
 * queued for reading, and its first dialogs are asked by a job once they are read. Resolves to the assistant's id.
 */
export async function seedShop(owner: MemberCtx, locale: Locale): Promise<string> {
  const shop = DEMO_SHOPS[locale];
  const { name, instructions, greeting, starters } = shop;
  const assistant = await createAssistant(owner, {
    name,
    instructions,
    greeting,
    starters,
    language: locale,
    // Strangers try it out on the landing page, and no person waits behind it.
    handoffTriggers: [],
  });
  const assistantId = assistant.id;
  for (const document of shop.documents) {
    const source = createReadStream(path.resolve("src/cli/demo", locale, document.file));
    const file = await stageFile(source, knowledgeLimits.fileBytes);
    await uploadDocument(owner, { assistantId, fileName: document.name, file, keepDuplicate: false });
  }
  for (const entry of shop.qa) await createQa(owner, { assistantId, ...entry });
  const { workspaceId } = owner;
  await enqueue(owner, demoTalksPlanned, { workspaceId, assistantId, visitorLocale: locale, talks: shop.talks });
  return assistantId;
}
