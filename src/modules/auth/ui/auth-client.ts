import { createTRPCClient, httpLink } from "@trpc/client";
import type { AppRouter } from "@/trpc/root";
import { wire } from "@/trpc/wire";

/** Calls of the pages before a workspace. Not batched into a stream: the cookie comes with the head of the answer. */
export const authClient = createTRPCClient<AppRouter>({
  links: [httpLink({ url: "/api/trpc", transformer: wire })],
});
