import { createHash, createHmac, timingSafeEqual } from "node:crypto";

const MAX_AGE_SECONDS = 600;

export type PusherApp = { appId: string; key: string; secret: string };

const hmac = (secret: string, text: string) => createHmac("sha256", secret).update(text).digest("hex");

function isEqual(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}

/** Why a REST call is refused by the rules of Pusher's API, or null when its signature is good. */
export function faultOfCall(
  app: PusherApp,
  call: { method: string; url: URL; body: string },
  now: Date,
): string | null {
  const params = Object.fromEntries(call.url.searchParams);
  const { auth_signature: signature = "", ...signed } = params;
  if (signed.auth_key !== app.key) return "unknown auth_key";
  if (signed.auth_version !== "1.0") return "auth_version must be 1.0";
  if (Math.abs(Number(signed.auth_timestamp) - now.getTime() / 1000) > MAX_AGE_SECONDS) return "timestamp expired";
  const digest = createHash("md5").update(call.body).digest("hex");
  if (call.body !== "" && signed.body_md5 !== digest) return "body_md5 does not match";
  const query = Object.keys(signed)
    .sort()
    .map((name) => `${name.toLowerCase()}=${signed[name]}`)
    .join("&");
  const expected = hmac(app.secret, [call.method, call.url.pathname, query].join("\n"));
  return isEqual(signature, expected) ? null : "signature does not match";
}

/** Whether the authorisation of a socket for a channel is signed by the app's secret. */
export function isChannelAuth(app: PusherApp, socketId: string, channel: string, auth: string, data?: string): boolean {
  const text = [socketId, channel, ...(data === undefined ? [] : [data])].join(":");
  return isEqual(auth, `${app.key}:${hmac(app.secret, text)}`);
}

/** Whether the sign-in of a socket is signed by the app's secret. */
export function isUserAuth(app: PusherApp, socketId: string, auth: string, userData: string): boolean {
  return isEqual(auth, `${app.key}:${hmac(app.secret, `${socketId}::user::${userData}`)}`);
}
