import { NextRequest } from "next/server";
import { expect, it } from "vitest";
import { config, proxy } from "./proxy";

const visit = (path: string, cookie?: string) =>
  proxy(new NextRequest(`http://localhost:3000${path}`, cookie === undefined ? {} : { headers: { cookie } }));

it.each(["/w/acme/assistants?tab=live", "/account/security", "/admin"])(
  "sends a signed-out visitor of %s to sign in and back",
  (path) => {
    const location = new URL(visit(path).headers.get("location") ?? "");
    expect(location.pathname).toBe("/login");
    expect(location.searchParams.get("next")).toBe(path);
  },
);

it.each(["next-auth.session-token=x", "__Secure-next-auth.session-token=x", "next-auth.session-token.0=x"])(
  "lets a visitor with %s through",
  (cookie) => {
    expect(visit("/w/acme", cookie).headers.get("location")).toBeNull();
  },
);

it.each(["/", "/login", "/widget", "/wiki"])("leaves %s open to everybody", (path) => {
  expect(visit(path).headers.get("location")).toBeNull();
});

it("gives every page a fresh nonce and request id, known to the page as well", () => {
  const [one, other] = [visit("/login"), visit("/login")];
  const policy = one.headers.get("content-security-policy");
  expect(policy).not.toBe(other.headers.get("content-security-policy"));
  expect(one.headers.get("x-middleware-request-content-security-policy")).toBe(policy);
  expect(policy).toContain(`'nonce-${one.headers.get("x-middleware-request-x-nonce")}'`);
  expect(one.headers.get("x-middleware-request-x-request-id")).toBe(one.headers.get("x-request-id"));
});

it.each([
  ["/api/files", false],
  ["/api/trpc/users.me", false],
  ["/_next/static/chunk.js", false],
  ["/widget.js", false],
  ["/", true],
  ["/w/acme", true],
  ["/apiary", true],
])("runs for %s: %s", (path, runs) => {
  expect(config.matcher.some((source) => new RegExp(`^${source}$`).test(path))).toBe(runs);
});
