/**
 * The caller's address. The last proxy that we run ourselves wrote the last entry of `X-Forwarded-For`; with
 * `trustedProxies` of them, the entry that many from the end is the client. Entries further left are hearsay.
 * `peer` is the socket's address, set by our own server in `x-chatai-peer`.
 */
export function clientAddress(headers: Headers, trustedProxies: number): string {
  // A socket that listens on both families writes IPv4 in the form of IPv6.
  const peer = (headers.get("x-chatai-peer") ?? "").replace(/^::ffff:(?=\d+\.)/i, "");
  if (trustedProxies === 0) return peer;
  const hops = (headers.get("x-forwarded-for") ?? "")
    .split(",")
    .map((hop) => hop.trim())
    .filter(Boolean);
  return hops.at(-trustedProxies) ?? peer;
}
