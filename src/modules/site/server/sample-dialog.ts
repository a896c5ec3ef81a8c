import type { Locale } from "@/lib/locales";
import { defaultModel } from "@/modules/ai/server/models";
import { startTurn } from "@/modules/chat/server/turn";
import { receiveMessage } from "@/modules/dialogs/server/receive";
import { listAssistantDocuments } from "@/modules/knowledge/server/service/documents";
import type { WorkspaceCtx } from "@/server/context";

export type SampleTalk = {
  assistantId: string;
  visitorKey: string;
  visitorName: string;
  visitorLocale: Locale;
  questions: string[];
};

/**
 * Asks an assistant the questions of one invented visitor and lets it really answer. Twice is the same as once. False
 * while its documents are still being read; asks nothing where an answer would cost somebody money.
 */
export async function holdSampleDialog(ctx: WorkspaceCtx, { questions, ...visitor }: SampleTalk): Promise<boolean> {
  if ((await defaultModel()).provider !== "built-in") return true;
  if (await hasUnreadDocuments(ctx, visitor.assistantId)) return false;
  for (const [index, text] of questions.entries()) {
    const clientId = `${visitor.visitorKey}:${index + 1}`;
    const message = { ...visitor, clientId, text, channel: "widget", source: "sample" } as const;
    const { dialogId, messageId } = await receiveMessage(ctx, message);
    await startTurn(ctx, { dialogId, messageId });
  }
  return true;
}

async function hasUnreadDocuments(ctx: WorkspaceCtx, assistantId: string): Promise<boolean> {
  const { items } = await listAssistantDocuments(ctx, { assistantId, limit: 100 });
  return items.some(({ status }) => status !== "ready" && status !== "failed");
}
