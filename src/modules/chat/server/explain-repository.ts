import { and, desc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { generations } from "@/db/schema/generations";
import type { WorkspaceId } from "@/lib/brand";

/** The generation that made an answer. */
export async function findGeneration(db: Db, workspaceId: WorkspaceId, answerMessageId: string) {
  const [row] = await db
    .select({
      query: generations.query,
      prompt: generations.prompt,
      promptVersion: generations.promptVersion,
      passages: generations.passages,
      provider: generations.provider,
      model: generations.model,
      promptTokens: generations.promptTokens,
      completionTokens: generations.completionTokens,
      costMicros: generations.costMicros,
      timings: generations.timings,
    })
    .from(generations)
    .where(and(eq(generations.answerMessageId, answerMessageId), eq(generations.workspaceId, workspaceId)))
    .orderBy(desc(generations.startedAt))
    .limit(1);
  return row;
}
