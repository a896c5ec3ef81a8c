import { tracked } from "@trpc/server";
import { keepPresent } from "@/modules/handoff/server/presence/service";
import { eventsInput, missedInput } from "@/modules/realtime/contract";
import { authorizeChannelInput, signInSocketInput } from "@/modules/realtime/pusher/contract";
import { mayStillListen } from "@/modules/realtime/server/access";
import { listMissed } from "@/modules/realtime/server/catch-up";
import { authorizeChannel, signInSocket } from "@/modules/realtime/server/pusher/service";
import { streamEvents } from "@/modules/realtime/server/stream";
import { memberProcedure, router } from "@/trpc/init";

// Every tab of a person comes back at once when a shared connection does.
const socketQuota = { limit: 120, windowSeconds: 60 };

export const realtimeRouter = router({
  events: memberProcedure.input(eventsInput).subscription(async function* ({ ctx, input, signal }) {
    const after = input.lastEventId === undefined ? input.afterSeq : Number(input.lastEventId);
    const mayGoOn = async () => {
      if (!(await mayStillListen(ctx))) return false;
      await keepPresent(ctx);
      return true;
    };
    for await (const event of streamEvents(ctx, after, mayGoOn, signal ?? new AbortController().signal)) {
      yield tracked(String(event.seq), event);
    }
  }),
  authorizeChannel: memberProcedure
    .meta({ limit: socketQuota })
    .input(authorizeChannelInput)
    .mutation(({ ctx, input }) => authorizeChannel(ctx, input)),
  signInSocket: memberProcedure
    .meta({ limit: socketQuota })
    .input(signInSocketInput)
    .mutation(({ ctx, input }) => signInSocket(ctx, input)),
  missed: memberProcedure.input(missedInput).query(({ ctx, input }) => listMissed(ctx, input)),
});
