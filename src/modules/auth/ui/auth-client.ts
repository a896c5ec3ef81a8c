import { createTRPCClient, httpLink } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "@/trpc/root";

/** Calls of the pages before a workspace. Not batched into a stream: the cookie comes with the head of the answer. */
export const authClient = createTRPCClient<AppRouter>({
  links: [httpLink({ url: "/api/trpc", transformer: superjson })],
});
