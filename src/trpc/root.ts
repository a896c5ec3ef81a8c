import { realtimeRouter } from "@/modules/realtime/server/router";
import { router } from "@/trpc/init";

export const appRouter = router({
  realtime: realtimeRouter,
});

export type AppRouter = typeof appRouter;
