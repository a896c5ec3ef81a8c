import { tracked } from "@trpc/server";
import { keepPresent } from "@/modules/handoff/server/presence/service";
import { eventsInput, missedInput } from "@/modules/realtime/contract";
import { mayStillListen } from "@/modules/realtime/server/access";
import { listMissed } from "@/modules/realtime/server/catch-up";
import { streamEvents } from "@/modules/realtime/server/stream";
import { memberProcedure, router } from "@/trpc/init";

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
  missed: memberProcedure.input(missedInput).query(({ ctx, input }) => listMissed(ctx, input)),
});
