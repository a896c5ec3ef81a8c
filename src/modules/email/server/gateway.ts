import { env } from "@/server/env";
import type { RenderedLetter } from "../contract";

export type Delivery = { ok: true; externalId: string } | { ok: false; reason: string; isPermanent: boolean };

const DEFAULT_SENDER = "ChatAI <onboarding@resend.dev>";
const REQUEST_TIMEOUT_MS = 20_000;

/** Whether letters leave this installation; without a key they are kept in the outbox. */
export function hasTransport(): boolean {
  return env().RESEND_API_KEY !== undefined;
}

/** Hands one letter to Resend. The key makes a repeat harmless: the service sends the same key once. */
export async function deliver(key: string, to: string, letter: RenderedLetter): Promise<Delivery> {
  const { RESEND_API_KEY, RESEND_BASE_URL, MAIL_FROM } = env();
  const { Resend } = await import("resend");
  const resend = new Resend(RESEND_API_KEY, RESEND_BASE_URL ? { baseUrl: RESEND_BASE_URL.replace(/\/+$/, "") } : {});
  const request = resend.emails.send({ from: MAIL_FROM ?? DEFAULT_SENDER, to, ...letter }, { idempotencyKey: key });
  const { data, error } = await withDeadline(request);
  if (!error) return { ok: true, externalId: data.id };
  const status = error.statusCode ?? 0;
  const isPermanent = status >= 400 && status < 500 && status !== 408 && status !== 409 && status !== 429;
  return { ok: false, reason: `${error.name} (${status || "no answer"})`, isPermanent };
}

// The client has no timeout of its own; a late success is harmless because the key is the same at the next attempt.
async function withDeadline<T>(request: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The mail service did not answer in time.")), REQUEST_TIMEOUT_MS);
  });
  try {
    return await Promise.race([request, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
