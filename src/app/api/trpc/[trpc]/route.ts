import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { AppError } from "@/lib/errors";
import { findPerson } from "@/modules/auth/server/session";
import type { Person } from "@/server/context";
import { assertSameOrigin, errorResponse } from "@/server/http";
import { readBody } from "@/server/read-body";
import { requestCtx, type RequestFacts } from "@/server/request-context";
import { reportRequest } from "@/server/wide-event";
import { MAX_BATCH } from "@/trpc/batch";
import { appRouter } from "@/trpc/root";

const MAX_BODY_BYTES = 2 * 1024 * 1024;

async function answer(request: Request): Promise<Response> {
  const facts: RequestFacts = {};
  const startedAt = performance.now();
  const anonymous = requestCtx(request.headers, { kind: "anonymous" }, facts);
  let person: Person | null;
  let bounded: Request;
  try {
    if (request.method === "POST") assertSameOrigin(request.headers);
    bounded = await withBoundedBody(request);
    person = await findPerson(request.headers);
  } catch (error) {
    return errorResponse(error, anonymous.requestId);
  }
  const ctx = { ...anonymous, actor: person ?? anonymous.actor };
  const resHeaders = new Headers({ "x-request-id": ctx.requestId, "cache-control": "no-store" });
  const response = await fetchRequestHandler({
    endpoint: "/api/trpc",
    req: bounded,
    router: appRouter,
    maxBatchSize: MAX_BATCH,
    // An EventSource cannot send headers, so a subscription names its workspace and person in the connection parameters.
    createContext: ({ info }) => ({
      ...ctx,
      ...(isFollowed(person, request.headers.get("x-user-id") ?? info.connectionParams?.userId) && anonymous),
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

// A page that was drawn for one person must not act for the next who signs in to the same browser.
function isFollowed(person: Person | null, pageOf: string | null | undefined): boolean {
  return person !== null && Boolean(pageOf) && pageOf !== person.userId;
}

// tRPC reads whatever comes, also what strangers send without announcing a length.
async function withBoundedBody(request: Request): Promise<Request> {
  if (request.method !== "POST") return request;
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body === null) throw new AppError("PAYLOAD_TOO_LARGE", "The request is too large.");
  const { method, headers, signal } = request;
  return new Request(request.url, { method, headers, signal, body: new Uint8Array(body) });
}

export { answer as GET, answer as POST };
