import { router } from "@/trpc/init";

export const appRouter = router({});

export type AppRouter = typeof appRouter;
