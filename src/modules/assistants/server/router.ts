import {
  assistantRef,
  createAssistantInput,
  listAssistantsInput,
  updateAssistantInput,
} from "@/modules/assistants/contract";
import { managerProcedure, memberProcedure, router } from "@/trpc/init";
import {
  createAssistant,
  listAssistants,
  offeredModels,
  offeredTemplates,
  removeAssistant,
  requireAssistant,
  updateAssistant,
} from "./service";

// Typing in the editor saves itself, so a fast writer may save more often than other changes are made.
const saveQuota = { limit: 120, windowSeconds: 60 };

export const assistantsRouter = router({
  list: memberProcedure.input(listAssistantsInput).query(({ ctx, input }) => listAssistants(ctx, input)),
  get: memberProcedure.input(assistantRef).query(({ ctx, input }) => requireAssistant(ctx, input.id)),
  create: managerProcedure.input(createAssistantInput).mutation(({ ctx, input }) => createAssistant(ctx, input)),
  update: managerProcedure
    .meta({ limit: saveQuota })
    .input(updateAssistantInput)
    .mutation(({ ctx, input }) => updateAssistant(ctx, input)),
  remove: managerProcedure.input(assistantRef).mutation(({ ctx, input }) => removeAssistant(ctx, input)),
  models: memberProcedure.query(() => offeredModels()),
  templates: memberProcedure.query(() => offeredTemplates()),
});
