import {
  assignInput,
  createViewInput,
  inboxBulkInput,
  inboxListInput,
  inboxRowsInput,
  renameViewInput,
  viewRef,
} from "@/modules/handoff/inbox/contract";
import { memberProcedure, router } from "@/trpc/init";
import { assignDialog } from "./assigning";
import { actOnDialogs } from "./bulk";
import { countInbox, listInbox, listInboxRows, listInboxTags } from "./service";
import { createView, listViews, removeView, renameView } from "./views";

/** The namespace `inbox`: the lists that operators work from. */
export const inboxRouter = router({
  list: memberProcedure.input(inboxListInput).query(({ ctx, input }) => listInbox(ctx, input)),
  rows: memberProcedure.input(inboxRowsInput).query(({ ctx, input }) => listInboxRows(ctx, input)),
  counts: memberProcedure.query(({ ctx }) => countInbox(ctx)),
  tags: memberProcedure.query(({ ctx }) => listInboxTags(ctx)),
  assign: memberProcedure.input(assignInput).mutation(({ ctx, input }) => assignDialog(ctx, input)),
  bulk: memberProcedure.input(inboxBulkInput).mutation(({ ctx, input }) => actOnDialogs(ctx, input)),
  views: {
    list: memberProcedure.query(({ ctx }) => listViews(ctx)),
    create: memberProcedure.input(createViewInput).mutation(({ ctx, input }) => createView(ctx, input)),
    rename: memberProcedure.input(renameViewInput).mutation(({ ctx, input }) => renameView(ctx, input)),
    remove: memberProcedure.input(viewRef).mutation(({ ctx, input }) => removeView(ctx, input)),
  },
});
