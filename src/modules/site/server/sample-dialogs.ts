import type { Locale } from "@/lib/locales";
import { defaultModel } from "@/modules/ai/server/models";
import { startTurn } from "@/modules/chat/server/turn";
import { receiveMessage } from "@/modules/dialogs/server/receive";
import type { WorkspaceCtx } from "@/server/context";
import { isReadingDocuments } from "./reading";

export type SampleTalks = {
  assistantId: string;
  visitorLocale: Locale;
  talks: { visitorName: string; questions: string[] }[];
};

/**
 * Asks an assistant the questions of invented visitors, a dialog for each, and lets it really answer. Twice is the same
 * as once. False while its documents are still being read; asks nothing where an answer would cost somebody money.
 */
export async function holdSampleDialogs(ctx: WorkspaceCtx, { assistantId, visitorLocale, talks }: SampleTalks) {
  if ((await defaultModel()).provider !== "built-in") return true;
  if (await isReadingDocuments(ctx, assistantId)) return false;
  for (const [index, { visitorName, questions }] of talks.entries()) {
    // Two assistants have two sets of visitors.
    const visitorKey = `sample:${assistantId}:${index + 1}`;
    const visitor = {
      assistantId,
      channel: "widget",
      source: "sample",
      visitorKey,
      visitorName,
      visitorLocale,
    } as const;
    for (const [asked, text] of questions.entries()) {
      const clientId = `${visitorKey}:${asked + 1}`;
      const { dialogId, messageId } = await receiveMessage(ctx, { ...visitor, clientId, text });
      await startTurn(ctx, { dialogId, messageId });
    }
  }
  return true;
}
