import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { givenAssistant, ingestNow, upload } from "@/modules/knowledge/testing";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { factFiles } from "./fixtures/testing-files";
import { searchKnowledge } from "./retrieval/search";
import { getDocument } from "./service/documents";

const facts = await factFiles();
const { ctx } = await givenWorkspace(testDb());
const assistantId = await givenAssistant(ctx);
const ids = new Map<string, string>();
for (const { name, bytes } of facts) {
  const id = await upload(ctx, { assistantId, name, bytes });
  await ingestNow(ctx.db, id);
  ids.set(name, id);
}

describe("a fact in an uploaded file is found first", () => {
  it.each(facts)("$type in $language: $question", async ({ name, question, answer, language }) => {
    const [found] = await searchKnowledge(ctx, { assistantId, query: question, limit: 5 }, null);
    expect(found).toMatchObject({ documentId: ids.get(name), title: name, score: 1 });
    expect(found?.text).toContain(answer);
    const document = await getDocument(ctx, ids.get(name) ?? "");
    expect(document).toMatchObject({ name, status: "ready", progress: 100, error: null });
    if (found && found.text.length > 60) expect(document.language).toBe(language);
  });
});
