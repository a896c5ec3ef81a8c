import { NextResponse, type NextRequest } from "next/server";
import { env } from "@/server/env";
import { pusherSettings } from "@/server/pusher-settings";
import { contentSecurityPolicy, pusherOrigins, securityHeaders } from "@/server/security-headers";

const SIGNED_IN_ONLY = /^\/(w|account|admin)(\/|$)/;
const SESSION_COOKIE = /^(__Secure-)?next-auth\.session-token(\.\d+)?$/;

/** Headers for pages, and the way to the sign-in page for whoever has no session cookie. Whether the session is good is decided later. */
export function proxy(request: NextRequest): NextResponse {
  const isSecureOrigin = env().appUrl.startsWith("https:");
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const requestId = crypto.randomUUID();
  const policy = contentSecurityPolicy({
    nonce,
    isSecureOrigin,
    isDevelopment: process.env.NODE_ENV === "development",
    connectOrigins: pusherOrigins(pusherSettings(env())),
  });

  const response = signedOutRedirect(request) ?? onward(request, { nonce, policy, requestId });
  for (const [name, value] of Object.entries(securityHeaders({ isSecureOrigin }))) response.headers.set(name, value);
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-request-id", requestId);
  return response;
}

function signedOutRedirect(request: NextRequest): NextResponse | undefined {
  const { pathname, search } = request.nextUrl;
  if (!SIGNED_IN_ONLY.test(pathname)) return undefined;
  if (request.cookies.getAll().some(({ name }) => SESSION_COOKIE.test(name))) return undefined;
  const target = request.nextUrl.clone();
  target.pathname = "/login";
  target.search = "";
  target.searchParams.set("next", `${pathname}${search}`);
  return NextResponse.redirect(target);
}

// Next reads the nonce for its own scripts from the policy among the request's headers.
function onward(
  request: NextRequest,
  { nonce, policy, requestId }: { nonce: string; policy: string; requestId: string },
): NextResponse {
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  headers.set("x-request-id", requestId);
  return NextResponse.next({ request: { headers } });
}

export const config = {
  // Not for the API: Next holds back the bodies of requests that pass here and cuts them at 10 MB.
  matcher: ["/((?!api/|api$|_next/|.*\\.(?:ico|png|svg|jpg|webp|woff2|js|css|txt|xml|webmanifest)$).*)"],
};
