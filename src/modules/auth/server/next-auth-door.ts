import { AppError } from "@/lib/errors";
import { env } from "@/server/env";
import { errorResponse } from "@/server/http";
import { logger } from "@/server/logger";
import { enforceLimit } from "@/server/rate-limit/limit";
import { requestCtx, type RequestFacts } from "@/server/request-context";
import type { AnonymousCtx } from "@/server/context";
import { readAuthBody, runNextAuth } from "./next-auth-adapter";
import { authOptions, type AuthAttempt } from "./next-auth-options";

const SIGN_IN_QUOTA = { limit: 100, windowSeconds: 300 };
const SIGN_OUT_QUOTA = { limit: 20, windowSeconds: 60 };

/** The door of next-auth: one wide log line, limits by address, refusals with their own status. */
export async function answerAuth(request: Request, segments: string[]): Promise<Response> {
  const facts: RequestFacts = {};
  const ctx = requestCtx(request.headers, { kind: "anonymous" }, facts);
  const startedAt = performance.now();
  const path = segments.join("/");
  const response = await answer(ctx, request, segments).catch((error: unknown) => errorResponse(error, ctx.requestId));
  response.headers.set("x-request-id", ctx.requestId);
  logger.info({
    event: "request",
    door: "auth",
    path,
    method: request.method,
    status: response.status,
    requestId: ctx.requestId,
    durationMs: Math.round(performance.now() - startedAt),
    ...facts,
  });
  return response;
}

async function answer(ctx: AnonymousCtx, request: Request, segments: string[]): Promise<Response> {
  const path = segments.join("/");
  if (request.method === "POST") await countCall(ctx, path);
  const body = await readAuthBody(request);
  const attempt: AuthAttempt = { session: null, refusal: null };
  const given = await runNextAuth(request, segments, body, authOptions(ctx, attempt));
  const isSignIn = path === "callback/credentials" && request.method === "POST";
  if (!isSignIn || attempt.session) return given;
  return refuse(ctx, attempt.refusal ?? csrfMissing(), given, body.json === "true");
}

async function countCall(ctx: AnonymousCtx, path: string): Promise<void> {
  const quota = path === "signout" ? SIGN_OUT_QUOTA : SIGN_IN_QUOTA;
  await enforceLimit(ctx, `auth.${path}`, `address:${ctx.address}`, quota, { whenDown: "refuse" });
}

/**
 * A refused sign-in: 401, 403 or 429 with `Retry-After`, and the error body of all doors beside the `url` that
 * next-auth's own browser client reads. A browser that posted the plain form is sent back to it.
 */
async function refuse(ctx: AnonymousCtx, refusal: AppError, given: Response, isJson: boolean): Promise<Response> {
  const url = `${env().appUrl}/login?error=${String(refusal.facts.reason ?? refusal.code)}`;
  const plain = errorResponse(refusal, ctx.requestId);
  const headers = new Headers(plain.headers);
  for (const cookie of given.headers.getSetCookie()) headers.append("set-cookie", cookie);
  headers.delete("content-length");
  if (isJson) {
    const body: unknown = await plain.json();
    return Response.json({ url, ...Object(body) }, { status: plain.status, headers });
  }
  headers.set("location", url);
  headers.delete("content-type");
  return new Response(null, { status: 303, headers });
}

function csrfMissing(): AppError {
  return new AppError("FORBIDDEN", "The form is outdated. Load it again.", { facts: { reason: "csrf" } });
}
