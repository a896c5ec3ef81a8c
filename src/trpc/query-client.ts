import { defaultShouldDehydrateQuery, QueryClient } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";
import { wire } from "@/trpc/wire";

const STALE_MS = 10_000;
const MAX_RETRIES = 2;

/** Query defaults of the browser and of server rendering: refusals are final, lost connections are tried again. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        retry: (failures, error) => failures < MAX_RETRIES && !isRefusal(error),
      },
      dehydrate: {
        serializeData: wire.serialize,
        // A query still running on the server is streamed to the browser when it ends.
        shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || query.state.status === "pending",
      },
      hydrate: { deserializeData: wire.deserialize },
    },
  });
}

function isRefusal(error: unknown): boolean {
  return error instanceof TRPCClientError && error.data !== undefined && error.data !== null;
}
