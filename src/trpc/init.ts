import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { ZodError } from "zod";
import { AppError, type ErrorCode, type FieldErrors } from "@/lib/errors";
import { enterWorkspace } from "@/modules/workspaces/server/access";
import type { Ctx } from "@/server/context";
import { HTTP_STATUS, toAppError } from "@/server/http";
import { enforceLimit, limitSubject, type Quota } from "@/server/rate-limit/limit";

export type TrpcContext = Ctx & {
  /** The workspace that the caller names, as id or slug; proved only by `memberProcedure`. */
  requestedWorkspace: string | null;
  resHeaders: Headers;
};

type Meta = {
  /** Own quota of this procedure; mutations without one share 60 a minute. */
  limit?: Quota;
  /** Doors to accounts refuse when the counter is unreachable. */
  whenLimiterIsDown?: "refuse";
};

/** The total translation of refusals to tRPC's codes; a new code does not compile until it is answered here. */
const TRPC_CODE = {
  VALIDATION: "BAD_REQUEST",
  UNAUTHORIZED: "UNAUTHORIZED",
  EMAIL_NOT_CONFIRMED: "FORBIDDEN",
  FORBIDDEN: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
  CONFLICT: "CONFLICT",
  RATE_LIMITED: "TOO_MANY_REQUESTS",
  PAYLOAD_TOO_LARGE: "PAYLOAD_TOO_LARGE",
  UNSUPPORTED_FILE: "UNSUPPORTED_MEDIA_TYPE",
  QUOTA_EXCEEDED: "FORBIDDEN",
  CODE_INVALID: "BAD_REQUEST",
  LINK_EXPIRED: "BAD_REQUEST",
  REGISTRATION_CLOSED: "FORBIDDEN",
  BOT_TOKEN_INVALID: "BAD_REQUEST",
  BOT_TAKEN: "CONFLICT",
  MODEL_UNKNOWN: "BAD_REQUEST",
  EXTERNAL_UNAVAILABLE: "SERVICE_UNAVAILABLE",
  STORAGE_FULL: "SERVICE_UNAVAILABLE",
  INSUFFICIENT_FUNDS: "PAYMENT_REQUIRED",
  ASSISTANT_OFF: "CONFLICT",
  INTERNAL: "INTERNAL_SERVER_ERROR",
} as const satisfies Record<ErrorCode, TRPCError["code"]>;

const t = initTRPC
  .context<TrpcContext>()
  .meta<Meta>()
  .create({
    transformer: superjson,
    sse: { ping: { enabled: true, intervalMs: 20_000 }, client: { reconnectAfterInactivityMs: 45_000 } },
    errorFormatter: ({ shape, error, ctx }) => {
      const refusal = refusalOf(error, ctx?.requestId ?? "");
      return {
        ...shape,
        message: refusal.message,
        data: {
          code: TRPC_CODE[refusal.code],
          httpStatus: HTTP_STATUS[refusal.code],
          path: shape.data.path,
          appCode: refusal.code,
          facts: refusal.facts,
          fieldErrors: refusal.fieldErrors,
          requestId: ctx?.requestId ?? "",
        },
      };
    },
  });

// tRPC's own refusals (bad input, unknown path, wrong method) as ours; everything else keeps its cause.
function refusalOf(error: TRPCError, requestId: string): AppError {
  if (error.cause instanceof AppError) return error.cause;
  if (error.cause instanceof ZodError) {
    return new AppError("VALIDATION", "Some fields need another look.", {
      cause: error,
      fieldErrors: fieldErrorsOf(error.cause),
    });
  }
  if (error.code === "NOT_FOUND") return new AppError("NOT_FOUND", "No such procedure.", { cause: error });
  if (error.code === "PARSE_ERROR" || error.code === "BAD_REQUEST" || error.code === "METHOD_NOT_SUPPORTED") {
    return new AppError("VALIDATION", "The request could not be read.", { cause: error });
  }
  return toAppError(error.cause ?? error, requestId);
}

function fieldErrorsOf(error: ZodError): FieldErrors {
  const fields: FieldErrors = {};
  for (const issue of error.issues) {
    const path = issue.path.join(".") || "_";
    (fields[path] ??= []).push(issue.message);
  }
  return fields;
}

const answerErrors = t.middleware(async ({ next, ctx }) => {
  const result = await next();
  // `next()` never rejects; the thrown refusal sits in `error.cause`, and its code becomes the transport's here.
  if (result.ok || !(result.error.cause instanceof AppError)) return result;
  const refusal = result.error.cause;
  if (refusal.retryAfterSeconds) ctx.resHeaders.set("retry-after", String(refusal.retryAfterSeconds));
  return {
    ...result,
    error: new TRPCError({ code: TRPC_CODE[refusal.code], message: refusal.message, cause: refusal }),
  };
});

const countCalls = t.middleware(async ({ ctx, next, meta, type, path }) => {
  const quota = meta?.limit ?? (type === "mutation" ? { limit: 60, windowSeconds: 60 } : undefined);
  if (quota) {
    const route = meta?.limit ? path : "write";
    await enforceLimit(ctx, route, limitSubject(ctx), quota, { whenDown: meta?.whenLimiterIsDown });
  }
  return next();
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Anybody. */
export const publicProcedure = t.procedure.use(answerErrors).use(countCalls);

/** A signed-in person. */
export const userProcedure = publicProcedure.use(({ ctx, next }) => {
  if (ctx.actor.kind !== "user") throw new AppError("UNAUTHORIZED", "Sign in first.");
  return next({ ctx: { ...ctx, actor: ctx.actor } });
});

/** A member of the workspace that the request names, in any role. */
export const memberProcedure = userProcedure.use(async ({ ctx, next }) =>
  next({ ctx: await enterWorkspace(ctx, ctx.requestedWorkspace) }),
);

/** An owner or admin of the workspace. */
export const managerProcedure = memberProcedure.use(({ ctx, next }) => {
  if (ctx.actor.memberRole === "operator") throw new AppError("FORBIDDEN", "Only owners and admins can do this.");
  return next();
});

/** An owner of the workspace. */
export const ownerProcedure = memberProcedure.use(({ ctx, next }) => {
  if (ctx.actor.memberRole !== "owner") throw new AppError("FORBIDDEN", "Only owners can do this.");
  return next();
});

/** Platform staff. */
export const staffProcedure = userProcedure.use(({ ctx, next }) => {
  if (ctx.actor.role !== "admin") throw new AppError("FORBIDDEN", "Only platform staff can do this.");
  return next();
});
