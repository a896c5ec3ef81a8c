import { TRPCClientError } from "@trpc/client";
import { tabStorage } from "@/components/kept-storage";

const LEFT_AT = "live-left-at";
const PATIENCE_MS = 60_000;

/**
 * The sign-in or the membership behind this page is over: the server decides where its person belongs now. Once a minute at
 * most, so that a disagreement between two doors is no endless reload.
 */
export function leaveForGood(): void {
  const leftAtMs = Number(tabStorage().getItem(LEFT_AT) ?? 0);
  if (Date.now() - leftAtMs < PATIENCE_MS) return;
  tabStorage().setItem(LEFT_AT, String(Date.now()));
  window.location.reload();
}

const FINAL = new Set(["UNAUTHORIZED", "FORBIDDEN", "NOT_FOUND"]);

/** Whether an error says that this person has no place here any more; then the page is left. */
export function leaveIfRefused(error: unknown): boolean {
  // Only the server's own refusals carry data; what the network does to a request has none.
  const data: unknown = error instanceof TRPCClientError ? error.data : null;
  const code = typeof data === "object" && data !== null && "code" in data ? data.code : null;
  const isRefused = typeof code === "string" && FINAL.has(code);
  if (isRefused) leaveForGood();
  return isRefused;
}
