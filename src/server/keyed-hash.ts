import { createHmac } from "node:crypto";
import { requiredSecret } from "@/server/env";

/**
 * HMAC-SHA256 under `AUTH_SECRET`, base64url. For values with so little entropy that a plain hash could be tried out
 * (codes, addresses), and for link tokens that are derived from an id. `purpose` keeps the uses apart.
 */
export function keyedHash(purpose: string, value: string): string {
  return createHmac("sha256", requiredSecret("AUTH_SECRET")).update(`${purpose}\n${value}`).digest("base64url");
}
