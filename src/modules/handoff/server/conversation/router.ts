import { episodesInput } from "@/modules/handoff/conversation/contract";
import { listMentionsInput, readMentionsInput } from "@/modules/dialogs/mentions/contract";
import { countMentions, listMentions, readMentions } from "@/modules/dialogs/server/mentions/service";
import { memberProcedure } from "@/trpc/init";
import { listEpisodes } from "./service";

/** Joins the namespace `handoff`: what the conversation and its context show. */
export const conversationProcedures = {
  mentions: memberProcedure.input(listMentionsInput).query(({ ctx, input }) => listMentions(ctx, input)),
  mentionCount: memberProcedure.query(({ ctx }) => countMentions(ctx)),
  readMentions: memberProcedure.input(readMentionsInput).mutation(({ ctx, input }) => readMentions(ctx, input)),
  episodes: memberProcedure.input(episodesInput).query(({ ctx, input }) => listEpisodes(ctx, input)),
};
