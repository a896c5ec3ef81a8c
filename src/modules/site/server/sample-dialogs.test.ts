import { createReadStream } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { DEMO_SHOPS, type DemoShop } from "@/cli/demo/content";
import { testDb } from "@/db/testing";
import type { WorkspaceId } from "@/lib/brand";
import { LOCALES, type Locale } from "@/lib/locales";
import { givenAssistant } from "@/modules/assistants/testing";
import { listDialogs } from "@/modules/dialogs/server/list/service";
import { listMessages } from "@/modules/dialogs/server/service";
import { knowledgeLimits } from "@/modules/knowledge/limits";
import { ingestDocumentJob } from "@/modules/knowledge/server/jobs";
import { uploadDocument } from "@/modules/knowledge/server/service/upload";
import { createQa } from "@/modules/knowledge/server/service/qa";
import { givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import type { JobCtx } from "@/server/jobs/define";
import { stageFile } from "@/server/storage";
import { makeCtx } from "@/server/testing";
import { holdSampleDialogs } from "./sample-dialogs";

/** What the documents say to each starter. */
const FACTS: Record<Locale, string[]> = {
  en: ["£3.95", "70–75 °C", "24 months"],
  ru: ["350\u00a0₽", "70–75 °C", "24 месяца"],
};

const jobCtx: JobCtx = {
  ...makeCtx(testDb(), { kind: "system", job: "test" }),
  signal: new AbortController().signal,
  attempt: 1,
  isLastAttempt: true,
};

async function openShop(ctx: MemberCtx, locale: Locale, shop: DemoShop) {
  const { id: assistantId } = await givenAssistant(ctx, { name: shop.name, language: locale });
  const documents = await Promise.all(
    shop.documents.map(async ({ file, name }) => {
      const source = createReadStream(path.join("src/cli/demo", locale, file));
      const staged = await stageFile(source, knowledgeLimits.fileBytes);
      return uploadDocument(ctx, { assistantId, fileName: name, file: staged, keepDuplicate: false });
    }),
  );
  for (const entry of shop.qa) await createQa(ctx, { assistantId, ...entry });
  return { assistantId, documents };
}

async function transcript(ctx: { workspaceId: WorkspaceId } & MemberCtx) {
  const { items } = await listDialogs(ctx, { limit: 50 });
  const dialogs = await Promise.all(items.map(({ id }) => listMessages(ctx, { dialogId: id, limit: 50 })));
  return dialogs.flatMap((page) => page.items);
}

describe.each(LOCALES)("the demo shop in %s", (locale) => {
  const shop = DEMO_SHOPS[locale];
  let ctx: MemberCtx;
  let assistantId: string;
  beforeAll(async () => {
    ({ ctx } = await givenWorkspace(testDb()));
    const opened = await openShop(ctx, locale, shop);
    assistantId = opened.assistantId;
    const planned = { assistantId, visitorLocale: locale, talks: shop.talks };
    expect(await holdSampleDialogs(ctx, planned)).toBe(false);
    await Promise.all(opened.documents.map((document) => ingestDocumentJob.run(jobCtx, document)));
  });

  it("answers its visitors from its own documents and admits what it does not know, once", async () => {
    const planned = { assistantId, visitorLocale: locale, talks: shop.talks };
    for (let attempt = 0; attempt < 2; attempt += 1) expect(await holdSampleDialogs(ctx, planned)).toBe(true);
    const messages = await transcript(ctx);
    const questions = shop.talks.flatMap((talk) => talk.questions);
    const answers = messages.filter(({ author }) => author === "assistant");
    expect(messages).toHaveLength(questions.length * 2);
    expect(answers).toHaveLength(questions.length);
    const unsourced = answers.filter(({ citations }) => citations.length === 0);
    expect(unsourced).toHaveLength(1);
  });

  it("answers the questions that its page offers", async () => {
    const curious = [...shop.talks, { visitorName: "", questions: shop.starters }];
    await holdSampleDialogs(ctx, { assistantId, visitorLocale: locale, talks: curious });
    const messages = await transcript(ctx);
    for (const [index, starter] of shop.starters.entries()) {
      const question = messages.findLast(({ text }) => text === starter);
      const answer = messages.find(({ replyToId }) => replyToId !== null && replyToId === question?.id);
      expect(answer?.text).toContain(FACTS[locale][index]);
      expect(answer?.citations).not.toHaveLength(0);
    }
  });
});
