import type { Assistant, CreateAssistantInput } from "@/modules/assistants/contract";
import { createAssistant } from "@/modules/assistants/server/service";
import type { WorkspaceCtx } from "@/server/context";

/** An assistant of the context's workspace, through the real use case. */
export async function givenAssistant(
  ctx: WorkspaceCtx,
  overrides: Partial<CreateAssistantInput> = {},
): Promise<Assistant> {
  return createAssistant(ctx, { name: "Shop bot", ...overrides });
}
