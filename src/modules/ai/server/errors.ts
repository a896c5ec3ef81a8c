import { APICallError } from "ai";
import { APIConnectionError, APIError } from "openai/error";
import type { ProviderName } from "@/modules/ai/contract";
import { parseRetryAfter } from "@/modules/ai/pool/rules";
import { AddressRefused } from "@/server/http-guard";

/** `retry` may pass by itself, `switch` needs another provider or key, `fatal` would fail everywhere. */
export type ModelErrorKind = "retry" | "switch" | "fatal";

/**
 * A provider that did not answer. Carries no text and no cause of the provider's: both may repeat the prompt, and this
 * error is logged.
 */
export class ModelError extends Error {
  override readonly name = "ModelError";
  constructor(
    readonly kind: ModelErrorKind,
    readonly provider: ProviderName,
    /** HTTP status as text, or `network`, `timeout`, `empty`, `broken`, `address`, `busy`, `resting`, `unknown`. */
    readonly code: string,
    /** How long the provider asks to be left alone. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(`The model provider ${provider} failed: ${code}.`);
  }
}

/** Any error of a provider call in our words. */
export function modelErrorOf(error: unknown, provider: ProviderName): ModelError {
  if (error instanceof ModelError) return error;
  if (hasCause(error, AddressRefused)) return new ModelError("switch", provider, "address");
  const refusal = refusalOf(error);
  if (refusal) {
    const status = meantStatus(refusal);
    return new ModelError(
      kindOfStatus(status),
      provider,
      String(status),
      parseRetryAfter(refusal.retryAfter, Date.now()),
    );
  }
  if (APICallError.isInstance(error) || error instanceof APIConnectionError || error instanceof TypeError) {
    return new ModelError("retry", provider, "network");
  }
  return new ModelError("retry", provider, "unknown");
}

/** What an HTTP status asks for. 404 is a model that this key does not have. */
export function kindOfStatus(status: number): ModelErrorKind {
  if ([401, 402, 403, 404, 429].includes(status)) return "switch";
  return status >= 500 || status === 408 || status === 409 ? "retry" : "fatal";
}

type Refusal = { status: number; retryAfter: string | null | undefined; body: string };

function refusalOf(error: unknown): Refusal | undefined {
  // A line that is cut in the middle of a good answer still carries its status.
  if (APICallError.isInstance(error) && error.statusCode !== undefined && error.statusCode >= 400)
    return {
      status: error.statusCode,
      retryAfter: error.responseHeaders?.["retry-after"],
      body: error.responseBody ?? "",
    };
  if (error instanceof APIError && typeof error.status === "number")
    return {
      status: error.status,
      retryAfter: error.headers?.get("retry-after"),
      body: `${error.code ?? ""} ${error.message}`,
    };
  return undefined;
}

// Some providers tell of an empty account or a wrong key with a status that means something else.
function meantStatus({ status, body }: Refusal): number {
  if (status === 429 && /insufficient_quota|billing_hard_limit/.test(body)) return 402;
  if (status === 400 && /credit balance is too low/i.test(body)) return 402;
  if (status === 400 && /API_KEY_INVALID|API key not valid/i.test(body)) return 401;
  return status;
}

function hasCause(error: unknown, kind: new (...args: never[]) => Error): boolean {
  if (error instanceof kind) return true;
  return error instanceof Error && error.cause !== undefined && hasCause(error.cause, kind);
}
