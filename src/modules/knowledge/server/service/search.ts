import type { WorkspaceCtx } from "@/server/context";
import type { FoundPassage, SearchInput } from "../../contract";
import { searchKnowledge } from "../retrieval/search";
import { assertAssistant } from "./documents";

/** What the assistant would find for a question, best first. Refuses: NOT_FOUND. */
export async function searchAssistantKnowledge(ctx: WorkspaceCtx, input: SearchInput): Promise<FoundPassage[]> {
  await assertAssistant(ctx, input.assistantId);
  return searchKnowledge(ctx, input);
}
