/** Every refusal the product can utter. A transport translates each code once, by a total map. */
export const ERROR_CODES = [
  "VALIDATION",
  "UNAUTHORIZED",
  "EMAIL_NOT_CONFIRMED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "RATE_LIMITED",
  "PAYLOAD_TOO_LARGE",
  "UNSUPPORTED_FILE",
  "QUOTA_EXCEEDED",
  "CODE_INVALID",
  "LINK_EXPIRED",
  "REGISTRATION_CLOSED",
  "BOT_TOKEN_INVALID",
  "BOT_TAKEN",
  "MODEL_UNKNOWN",
  "EXTERNAL_UNAVAILABLE",
  "STORAGE_FULL",
  "INSUFFICIENT_FUNDS",
  "ASSISTANT_OFF",
  "INTERNAL",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export type FieldErrors = Record<string, string[]>;

type AppErrorOptions = {
  cause?: unknown;
  /** Values for the translated sentence and the log; never secrets or message texts. */
  facts?: Record<string, string | number>;
  fieldErrors?: FieldErrors;
  retryAfterSeconds?: number;
};

/**
 * A refusal that the user is told about. `message` is an English sentence for logs and API clients;
 * interfaces translate by `code` and, where there is one, by `facts.reason`.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly facts: Record<string, string | number>;
  readonly fieldErrors: FieldErrors | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: AppErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.facts = options.facts ?? {};
    this.fieldErrors = options.fieldErrors;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The answer for anything that does not exist or belongs to somebody else. */
export function notFound(thing: string): AppError {
  return new AppError("NOT_FOUND", `${thing} not found.`, { facts: { thing } });
}
