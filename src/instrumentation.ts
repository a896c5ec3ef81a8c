/** Runs once per server process, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { stampPeerAddress } = await import("@/server/peer");
  stampPeerAddress();
  if (process.env.NODE_ENV !== "production") return;
  const { serveWebhooksFirst } = await import("@/modules/bots/server/intake/first");
  serveWebhooksFirst();
}
