"use client";

import { refusalOf, useErrorText } from "@/components/use-error-text";

/** What went wrong with a question, for the person: our doors' refusals by their code, a failed turn in its own words. */
export function useFailureText(): (error: Error) => string {
  const errorText = useErrorText();
  return (error) => {
    const refusal = parseRefusal(error.message);
    if (refusal) return errorText({ data: refusal });
    // The browser's own words for a lost connection are in English and different everywhere.
    const isNetwork = error instanceof TypeError;
    return isNetwork || error.message === "" ? errorText(error) : error.message;
  };
}

/** What an answer would have cost, when the balance did not pay for it; null for any other failure. */
export function missingMicros(error: Error): number | null {
  const refusal = refusalOf({ data: parseRefusal(error.message) });
  return refusal?.code === "INSUFFICIENT_FUNDS" ? Number(refusal.facts.neededMicros ?? 0) : null;
}

function parseRefusal(message: string): unknown {
  if (!message.startsWith("{")) return null;
  try {
    const body: { error?: { json?: { data?: unknown } } } = JSON.parse(message);
    return body.error?.json?.data ?? null;
  } catch {
    return null;
  }
}
