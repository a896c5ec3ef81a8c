import type { PusherSettings } from "@/server/pusher-settings";

/** Sonner writes its style sheet by script without a nonce; this is the SHA-256 of exactly that text. */
export const SONNER_STYLE_HASH = "'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='";

/** SHA-256 of nothing: the same library inserts its element empty and fills it afterwards. */
const EMPTY_STYLE_HASH = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

const YEAR_SECONDS = 31_536_000;

type PolicyFacts = {
  nonce: string;
  isDevelopment: boolean;
  isSecureOrigin: boolean;
  /** Origins besides our own that the browser may talk to, for instance a Pusher server. */
  connectOrigins?: readonly string[];
};

/** The content security policy of a page. Nothing inline runs or styles without this response's nonce. */
export function contentSecurityPolicy({
  nonce,
  isDevelopment,
  isSecureOrigin,
  connectOrigins = [],
}: PolicyFacts): string {
  const directives: Record<string, string[]> = {
    "default-src": ["'self'"],
    "script-src": ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(isDevelopment ? ["'unsafe-eval'"] : [])],
    // The error overlay of development styles itself inline.
    "style-src": isDevelopment
      ? ["'self'", "'unsafe-inline'"]
      : ["'self'", `'nonce-${nonce}'`, SONNER_STYLE_HASH, EMPTY_STYLE_HASH],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...(isDevelopment ? ["ws:"] : []), ...connectOrigins],
    "media-src": ["'self'"],
    "worker-src": ["'self'"],
    "manifest-src": ["'self'"],
    "frame-src": ["'none'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    ...(isSecureOrigin ? { "upgrade-insecure-requests": [] } : {}),
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(" "))
    .join("; ");
}

/** The headers that every page carries beside its policy. */
export function securityHeaders({ isSecureOrigin }: Pick<PolicyFacts, "isSecureOrigin">): Record<string, string> {
  return {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    ...(isSecureOrigin ? { "strict-transport-security": `max-age=${YEAR_SECONDS}; includeSubDomains` } : {}),
  };
}

/** Where the browser's Pusher client connects; none while Pusher is not configured. */
export function pusherOrigins(settings: PusherSettings | null): string[] {
  if (!settings) return [];
  const host = settings.host ?? `ws-${settings.cluster}.pusher.com`;
  const port = settings.port ? `:${settings.port}` : "";
  return [`${settings.isSecure ? "wss" : "ws"}://${host}${port}`];
}
