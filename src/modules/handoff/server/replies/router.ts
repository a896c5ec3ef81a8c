import { draftsOfInput, saveDraftInput } from "@/modules/handoff/drafts/contract";
import { replyFileRef } from "@/modules/handoff/files/contract";
import { createSavedReplyInput, savedReplyRef, updateSavedReplyInput } from "@/modules/handoff/replies/contract";
import { memberProcedure, router } from "@/trpc/init";
import { draftsOf, saveDraft } from "../drafts/service";
import { dropFile } from "../files/service";
import { createSavedReply, listSavedReplies, removeSavedReply, updateSavedReply } from "./service";

// Words are kept while they are typed, in several dialogs at once.
const draftQuota = { limit: 240, windowSeconds: 60 };

/** The namespace `replies`: what a person has at hand and in the making. */
export const repliesRouter = router({
  list: memberProcedure.query(({ ctx }) => listSavedReplies(ctx)),
  create: memberProcedure.input(createSavedReplyInput).mutation(({ ctx, input }) => createSavedReply(ctx, input)),
  update: memberProcedure.input(updateSavedReplyInput).mutation(({ ctx, input }) => updateSavedReply(ctx, input)),
  remove: memberProcedure.input(savedReplyRef).mutation(({ ctx, input }) => removeSavedReply(ctx, input)),
  draft: memberProcedure.input(draftsOfInput).query(({ ctx, input }) => draftsOf(ctx, input)),
  saveDraft: memberProcedure
    .meta({ limit: draftQuota })
    .input(saveDraftInput)
    .mutation(({ ctx, input }) => saveDraft(ctx, input)),
  dropFile: memberProcedure.input(replyFileRef).mutation(({ ctx, input }) => dropFile(ctx, input)),
});
