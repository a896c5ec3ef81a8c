import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { findPerson } from "@/modules/auth/server/session";
import { assertSameOrigin, errorResponse } from "@/server/http";
import { requestCtx, type RequestFacts } from "@/server/request-context";
import { reportRequest } from "@/server/wide-event";
import { appRouter } from "@/trpc/root";

const MAX_BODY_BYTES = 2 * 1024 * 1024;

async function answer(request: Request): Promise<Response> {
  const facts: RequestFacts = {};
  const startedAt = performance.now();
  const person = await findPerson(request.headers);
  const ctx = requestCtx(request.headers, person ?? { kind: "anonymous" }, facts);
  try {
    if (request.method === "POST") assertSameOrigin(request.headers);
    if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) return new Response(null, { status: 413 });
  } catch (error) {
    return errorResponse(error, ctx.requestId);
  }
  const resHeaders = new Headers({ "x-request-id": ctx.requestId, "cache-control": "no-store" });
  const response = await fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    maxBatchSize: 20,
    // An EventSource cannot send headers, so a subscription names its workspace in the connection parameters.
    createContext: ({ info }) => ({
      ...ctx,
      resHeaders,
      requestedWorkspace: request.headers.get("x-workspace-id") ?? info.connectionParams?.workspaceId ?? null,
    }),
    responseMeta: () => ({ headers: resHeaders }),
    onError: ({ error, path }) => {
      facts[`error.${path ?? ""}`] = error.code;
    },
  });
  if (person) facts.userId = person.userId;
  reportRequest(
    {
      door: "trpc",
      path: new URL(request.url).pathname.replace("/api/trpc/", ""),
      method: request.method,
      status: response.status,
      requestId: ctx.requestId,
      startedAtMs: startedAt,
    },
    facts,
  );
  return response;
}

export { answer as GET, answer as POST };
