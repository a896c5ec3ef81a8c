import { tracked } from "@trpc/server";
import { isSessionLive } from "@/modules/auth/server/session";
import { keepPresent } from "@/modules/handoff/server/presence/service";
import { eventsInput } from "@/modules/realtime/contract";
import { isStillMember, streamEvents } from "@/modules/realtime/server/stream";
import { memberProcedure, router } from "@/trpc/init";

export const realtimeRouter = router({
  events: memberProcedure.input(eventsInput).subscription(async function* ({ ctx, input, signal }) {
    const after = input.lastEventId === undefined ? input.afterSeq : Number(input.lastEventId);
    const mayGoOn = async () => {
      if (!(await isSessionLive(ctx.actor.sessionId)) || !(await isStillMember(ctx))) return false;
      await keepPresent(ctx);
      return true;
    };
    for await (const event of streamEvents(ctx, after, mayGoOn, signal ?? new AbortController().signal)) {
      yield tracked(String(event.seq), event);
    }
  }),
});
