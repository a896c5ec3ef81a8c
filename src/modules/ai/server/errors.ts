import { APICallError } from "ai";
import { APIConnectionError, APIError } from "openai";
import type { ProviderName } from "@/modules/ai/contract";

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
    /** HTTP status as text, or `network`, `timeout`, `empty`, `broken`, `unknown`. */
    readonly code: string,
  ) {
    super(`The model provider ${provider} failed: ${code}.`);
  }
}

/** Any error of a provider call in our words. */
export function modelErrorOf(error: unknown, provider: ProviderName): ModelError {
  if (error instanceof ModelError) return error;
  const status = statusOf(error);
  if (status !== undefined) return new ModelError(kindOfStatus(status), provider, String(status));
  if (APICallError.isInstance(error) || error instanceof APIConnectionError || error instanceof TypeError) {
    return new ModelError("retry", provider, "network");
  }
  return new ModelError("retry", provider, "unknown");
}

/** What an HTTP status asks for. 404 is a model that this provider does not have. */
export function kindOfStatus(status: number): ModelErrorKind {
  if ([401, 402, 403, 404, 429].includes(status)) return "switch";
  return status >= 500 || status === 408 || status === 409 ? "retry" : "fatal";
}

function statusOf(error: unknown): number | undefined {
  if (APICallError.isInstance(error)) return error.statusCode;
  if (error instanceof APIError && typeof error.status === "number") return error.status;
  return undefined;
}
