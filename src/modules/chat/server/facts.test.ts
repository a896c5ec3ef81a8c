import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { givenAssistant } from "@/modules/assistants/testing";
import { givenQuestion } from "@/modules/chat/testing";
import { factFiles } from "@/modules/knowledge/server/fixtures/testing-files";
import { ingestNow, upload } from "@/modules/knowledge/testing";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { startTurn } from "./turn";

const facts = await factFiles();
const { ctx } = await givenWorkspace(testDb());
const { id: assistantId } = await givenAssistant(ctx);
const documents = new Map<string, string>();
for (const { name, bytes } of facts) {
  const id = await upload(ctx, { assistantId, name, bytes });
  await ingestNow(ctx.db, id);
  documents.set(name, id);
}

describe("without any provider a question about an uploaded file", () => {
  it.each(facts)("in $type, $language, is answered with the fact and its document: $question", async (fact) => {
    const outcome = await startTurn(ctx, await givenQuestion(ctx, assistantId, { text: fact.question }));
    expect(outcome).toMatchObject({ ok: true, answer: { provider: "built-in", isDemoModel: true } });
    if (!outcome.ok) return;
    expect(outcome.answer.text).toContain(fact.answer);
    expect(outcome.answer.citations[0]).toMatchObject({
      documentId: documents.get(fact.name),
      title: fact.name,
      quote: expect.stringContaining(fact.answer),
    });
  });
});
