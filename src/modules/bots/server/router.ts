import { botInput, connectBotInput, identifyBotInput, listBotsInput } from "@/modules/bots/contract";
import { managerProcedure, memberProcedure, router } from "@/trpc/init";
import { connectBot, disconnectBot, doctorBot, identifyToken, listBots, requireBot } from "./service";
import { pauseBot, repairBot, resumeBot } from "./upkeep";

export const botsRouter = router({
  connect: managerProcedure
    .meta({ limit: { limit: 10, windowSeconds: 60 } })
    .input(connectBotInput)
    .mutation(({ ctx, input }) => connectBot(ctx, input)),
  // A mutation, because a token has no place in an address.
  identify: managerProcedure
    .meta({ limit: { limit: 20, windowSeconds: 60 } })
    .input(identifyBotInput)
    .mutation(({ input }) => identifyToken(input)),
  list: memberProcedure.input(listBotsInput.prefault({})).query(({ ctx, input }) => listBots(ctx, input)),
  get: memberProcedure.input(botInput).query(({ ctx, input }) => requireBot(ctx, input.id)),
  pause: managerProcedure.input(botInput).mutation(({ ctx, input }) => pauseBot(ctx, input)),
  resume: managerProcedure.input(botInput).mutation(({ ctx, input }) => resumeBot(ctx, input)),
  repair: managerProcedure
    .meta({ limit: { limit: 10, windowSeconds: 60 } })
    .input(botInput)
    .mutation(({ ctx, input }) => repairBot(ctx, input)),
  disconnect: managerProcedure.input(botInput).mutation(({ ctx, input }) => disconnectBot(ctx, input)),
  doctor: managerProcedure
    .meta({ limit: { limit: 30, windowSeconds: 60 } })
    .input(botInput)
    .query(({ ctx, input }) => doctorBot(ctx, input)),
});
