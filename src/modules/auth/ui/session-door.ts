import { ERROR_CODES, type ErrorCode } from "@/lib/errors";
import type { ExternalProvider } from "../contract";

export type SignInOutcome =
  { ok: true } | { ok: false; code: ErrorCode | null; reason: string | null; seconds: number };

/** Signs in through next-auth's own door. A lost connection rejects. */
export async function signInWithPassword(email: string, password: string): Promise<SignInOutcome> {
  const response = await post("callback/credentials", { email, password });
  if (response.ok) return { ok: true };
  const data = await errorData(response);
  return {
    ok: false,
    code: ERROR_CODES.find((code) => code === data.appCode) ?? null,
    reason: typeof data.facts?.reason === "string" ? data.facts.reason : null,
    seconds: Number(response.headers.get("retry-after") ?? 60),
  };
}

/** Leads the browser to another provider's page, which leads it back to `next`. */
export async function goToProvider(provider: ExternalProvider, next: string): Promise<void> {
  const response = await post(`signin/${provider}`, { callbackUrl: next });
  const { url }: { url?: string } = await response.json();
  window.location.assign(url ?? "/login?error=external");
}

/** Ends the session on the server and leaves for the sign-in page. */
export async function signOut(next = "/login"): Promise<void> {
  await post("signout", {});
  window.location.assign(next);
}

async function post(path: string, fields: Record<string, string>): Promise<Response> {
  const { csrfToken }: { csrfToken: string } = await (await fetch("/api/auth/csrf")).json();
  return fetch(`/api/auth/${path}`, {
    method: "POST",
    body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
  });
}

type ErrorData = { appCode?: string; facts?: { reason?: unknown } };

async function errorData(response: Response): Promise<ErrorData> {
  try {
    const body: { error?: { json?: { data?: ErrorData } } } = await response.json();
    return body.error?.json?.data ?? {};
  } catch {
    // A proxy in between may answer with a page of its own, which says nothing we know.
    return {};
  }
}
