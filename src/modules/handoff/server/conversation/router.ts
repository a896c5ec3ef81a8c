import { episodesInput } from "@/modules/handoff/conversation/contract";
import { memberProcedure } from "@/trpc/init";
import { listEpisodes } from "./service";

/** Joins the namespace `handoff`: what the conversation and its context show. */
export const conversationProcedures = {
  episodes: memberProcedure.input(episodesInput).query(({ ctx, input }) => listEpisodes(ctx, input)),
};
