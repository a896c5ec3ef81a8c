import { createHydrationHelpers } from "@trpc/react-query/rsc";
import { headers } from "next/headers";
import { cache } from "react";
import { findPerson } from "@/modules/auth/server/session";
import { requestCtx } from "@/server/request-context";
import { createCallerFactory } from "@/trpc/init";
import { makeQueryClient } from "@/trpc/query-client";
import { type AppRouter, appRouter } from "@/trpc/root";

const createCaller = createCallerFactory(appRouter);
const getQueryClient = cache(makeQueryClient);

/** The signed-in person of the page that is being rendered; null when nobody is. */
export const currentPerson = cache(async () => findPerson(await headers()));

/** Calls procedures while a page renders, as the person who asked for it. */
export const serverCaller = cache(async (workspace: string | null = null) => {
  const person = await currentPerson();
  const requestHeaders = await headers();
  return createCaller({
    ...requestCtx(requestHeaders, person ?? { kind: "anonymous" }),
    resHeaders: new Headers(),
    requestedWorkspace: workspace,
  });
});

/**
 * Prefetching for client components: `void (await serverTrpc(ws)).trpc.assistants.list.prefetch()` and wrap the
 * page in `HydrateClient`; the component reads the same query and suspends instead of loading twice.
 */
export const serverTrpc = cache(async (workspace: string | null = null) =>
  createHydrationHelpers<AppRouter>(await serverCaller(workspace), getQueryClient),
);
