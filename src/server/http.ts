import { AppError, type ErrorCode } from "@/lib/errors";
import { env } from "@/server/env";
import { logger } from "@/server/logger";

/** The total translation of refusals to HTTP; a new code does not compile until it is answered here. */
export const HTTP_STATUS = {
  VALIDATION: 400,
  UNAUTHORIZED: 401,
  EMAIL_NOT_CONFIRMED: 403,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_FILE: 415,
  QUOTA_EXCEEDED: 403,
  CODE_INVALID: 400,
  LINK_EXPIRED: 400,
  REGISTRATION_CLOSED: 403,
  BOT_TOKEN_INVALID: 400,
  BOT_TAKEN: 409,
  MODEL_UNKNOWN: 400,
  EXTERNAL_UNAVAILABLE: 503,
  STORAGE_FULL: 503,
  INSUFFICIENT_FUNDS: 402,
  ASSISTANT_OFF: 409,
  INTERNAL: 500,
} as const satisfies Record<ErrorCode, number>;

/** Any thrown value as a refusal: what is not one of ours is a defect, logged with its cause and told as "internal". */
export function toAppError(error: unknown, requestId: string): AppError {
  if (error instanceof AppError) return error;
  logger.error({ event: "defect", requestId, error });
  return new AppError("INTERNAL", "Something went wrong on our side.", { cause: error });
}

/** The error body of every HTTP door: the same JSON that the tRPC door sends. */
export function errorResponse(error: unknown, requestId: string): Response {
  const refusal = toAppError(error, requestId);
  const status = HTTP_STATUS[refusal.code];
  const headers = new Headers({ "x-request-id": requestId, "cache-control": "no-store" });
  if (refusal.retryAfterSeconds) headers.set("retry-after", String(refusal.retryAfterSeconds));
  const data = {
    code: refusal.code,
    httpStatus: status,
    appCode: refusal.code,
    facts: refusal.facts,
    fieldErrors: refusal.fieldErrors,
    requestId,
  };
  return Response.json({ error: { json: { message: refusal.message, data } } }, { status, headers });
}

/** Refuses a state-changing browser request from another site. Our own pages always send `Origin` on such requests. */
export function assertSameOrigin(headers: Headers): void {
  const origin = headers.get("origin");
  const own = new URL(env().appUrl);
  const host = headers.get("host");
  const isOwn = origin !== null && (origin === own.origin || (URL.canParse(origin) && new URL(origin).host === host));
  if (!isOwn) throw new AppError("FORBIDDEN", "This request did not come from our own pages.");
}
