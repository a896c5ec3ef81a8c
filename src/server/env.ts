import * as z from "zod";

const optional = z.preprocess((value) => (value === "" ? undefined : value), z.string().optional());
const url = z.preprocess((value) => (value === "" ? undefined : value), z.url().optional());
const secret = z.preprocess(
  (value) => (value === "" ? undefined : value),
  z
    .string()
    .refine((value) => Buffer.byteLength(value) >= 32, "needs at least 32 bytes")
    .optional(),
);
const flag = z.enum(["on", "off"]);

const pusherNames = ["PUSHER_APP_ID", "PUSHER_KEY", "PUSHER_SECRET"] as const;

const settings = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  APP_URL: url,
  DATA_DIR: z.string().min(1).default(".data"),
  DATABASE_URL: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, "must start with postgres://")
      .optional(),
  ),
  REDIS_URL: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z
      .string()
      .regex(/^rediss?:\/\//, "must start with redis://")
      .optional(),
  ),
  AUTH_SECRET: secret,
  ENCRYPTION_KEY: secret,
  OPENAI_API_KEY: optional,
  OPENAI_BASE_URL: url,
  AI_MODEL: optional,
  EMBEDDING_MODEL: optional,
  ANTHROPIC_API_KEY: optional,
  ANTHROPIC_BASE_URL: url,
  GOOGLE_GENERATIVE_AI_API_KEY: optional,
  GOOGLE_BASE_URL: url,
  AI_PRIVATE_HOSTS: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z
      .string()
      .regex(/^[\w.:[\]-]+(\s*,\s*[\w.:[\]-]+)*$/, "must be hosts, separated by commas")
      .optional(),
  ),
  TELEGRAM_API_ROOT: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.url().default("https://api.telegram.org"),
  ),
  TELEGRAM_MODE: z.enum(["auto", "webhook", "polling"]).default("auto"),
  RESEND_API_KEY: optional,
  RESEND_BASE_URL: url,
  MAIL_FROM: optional,
  PUSHER_APP_ID: optional,
  PUSHER_KEY: optional,
  PUSHER_SECRET: optional,
  PUSHER_CLUSTER: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z
      .string()
      .regex(/^[a-z0-9-]+$/, "must be the name of a cluster")
      .optional(),
  ),
  PUSHER_HOST: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z
      .string()
      .regex(/^[\w.-]+$|^\[[\da-f:]+\]$/i, "must be a host without scheme and port")
      .optional(),
  ),
  PUSHER_PORT: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.coerce.number().int().min(1).max(65_535).optional(),
  ),
  PUSHER_TLS: z.preprocess((value) => (value === "" ? undefined : value), flag.optional()),
  METRICS_TOKEN: optional,
  CURRENCY: z.enum(["RUB", "USD", "EUR"]).default("RUB"),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  REGISTRATION: z.enum(["open", "invite", "closed"]).default("open"),
  DEMO: flag.default("on"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  GOOGLE_CLIENT_ID: optional,
  GOOGLE_CLIENT_SECRET: optional,
  GITHUB_CLIENT_ID: optional,
  GITHUB_CLIENT_SECRET: optional,
  YANDEX_CLIENT_ID: optional,
  YANDEX_CLIENT_SECRET: optional,
});

// Half a configuration would be a transport that refuses everybody.
const schema = settings.superRefine((values, ctx) => {
  const missing = pusherNames.filter((name) => values[name] === undefined);
  if (missing.length === 0 || missing.length === pusherNames.length) return;
  for (const name of missing) ctx.addIssue({ code: "custom", path: [name], message: "is missing beside the others" });
});

export type Env = z.infer<typeof schema> & { appUrl: string };

/** Thrown when the environment is unusable. Names the variables, never their values. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

/** Parses an environment. Throws `EnvError` with one line that names every unusable variable. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const parsed = schema.safeParse(source);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${publicReason(issue)}`);
    throw new EnvError(`Environment not usable. ${faults.join("; ")}.`);
  }
  const appUrl = (parsed.data.APP_URL ?? `http://localhost:${parsed.data.PORT}`).replace(/\/+$/, "");
  return { ...parsed.data, appUrl };
}

// Zod's own sentences may quote the value, so only the kind of the fault is repeated.
function publicReason(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_value":
      return `must be one of ${issue.values.join(", ")}`;
    case "custom":
      return issue.message;
    case "invalid_format":
      return issue.format === "regex" ? issue.message : `must be a valid ${issue.format}`;
    case "too_big":
    case "too_small":
      return "out of range";
    default:
      return "malformed";
  }
}

let cached: Env | undefined;

/** The validated environment of this process; parsed once. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** A secret that must be there by now: `npm start` generates it, a bare production process must be given it. */
export function requiredSecret(name: "AUTH_SECRET" | "ENCRYPTION_KEY" | "DATABASE_URL"): string {
  const value = env()[name];
  if (!value) throw new EnvError(`${name} is missing. Set it, or start with \`npm start\`, which creates it.`);
  return value;
}
