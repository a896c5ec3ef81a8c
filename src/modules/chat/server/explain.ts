import { notFound } from "@/lib/errors";
import type { Explanation } from "@/modules/chat/contract";
import type { WorkspaceCtx } from "@/server/context";
import { findGeneration } from "./explain-repository";

/** Why an answer is as it is: what was searched, found and sent, by whom it was written and how long it took. Refuses: NOT_FOUND. */
export async function explainAnswer(ctx: WorkspaceCtx, { messageId }: { messageId: string }): Promise<Explanation> {
  const generation = await findGeneration(ctx.db, ctx.workspaceId, messageId);
  if (!generation) throw notFound("Answer");
  const { passages, ...facts } = generation;
  return {
    ...facts,
    messageId,
    isDemoModel: generation.provider === "built-in",
    passages: passages.map(({ quote, cited, ...passage }) => ({ ...passage, text: quote, isCited: cited })),
  };
}
