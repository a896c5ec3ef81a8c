import pino from "pino";

/**
 * The process log, JSON lines on stdout. Facts only: ids, codes, durations. Texts, prompts and tokens never
 * reach it; the redaction below is the net under that rule.
 */
export const logger = pino({
  level: process.env.LOG_LEVEL ?? (process.env.NODE_ENV === "test" ? "silent" : "info"),
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: [
      "token",
      "password",
      "secret",
      "authorization",
      "cookie",
      "text",
      "prompt",
      "email",
      "*.token",
      "*.password",
      "*.secret",
      "*.text",
      "*.prompt",
      "*.email",
    ],
    censor: "[redacted]",
  },
  serializers: { error: serializeError },
});

export type Logger = pino.Logger;

/** The error itself, or its code alone when it comes from the database's driver and may quote people's texts. */
export function withoutTexts(error: unknown): unknown {
  return quotesTexts(error) ? new Error(`database query failed (${codeOf(error) ?? "no code"})`) : error;
}

function quotesTexts(error: unknown): boolean {
  return error instanceof Error && ("query" in error || quotesTexts(error.cause));
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return "code" in error ? String(error.code) : codeOf(error.cause);
}

// Driver errors carry the query's parameters, which hold people's texts; only the shape of the fault is kept.
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = "code" in error ? error.code : undefined;
  const isQueryError = "query" in error;
  return {
    type: error.name,
    message: isQueryError ? "database query failed" : error.message,
    code,
    stack: isQueryError ? undefined : error.stack,
    cause: error.cause === undefined ? undefined : serializeError(error.cause),
  };
}
