import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { parseEnv } from "./env";
import { pusherSettings } from "./pusher-settings";
import { contentSecurityPolicy, pusherOrigins, securityHeaders, SONNER_STYLE_HASH } from "./security-headers";

const production = { nonce: "abc", isDevelopment: false, isSecureOrigin: true };

it("allows nothing inline or evaluated in production but what carries the nonce", () => {
  const policy = contentSecurityPolicy(production);
  expect(policy).not.toContain("unsafe");
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("frame-ancestors 'none'");
});

it("promises https only where the product is served over it", () => {
  expect(securityHeaders({ isSecureOrigin: true })["strict-transport-security"]).toContain("max-age=31536000");
  expect(securityHeaders({ isSecureOrigin: false })).not.toHaveProperty("strict-transport-security");
  expect(contentSecurityPolicy({ ...production, isSecureOrigin: false })).not.toContain("upgrade-insecure-requests");
});

it("lets the browser reach the configured Pusher server and no other", () => {
  const app = { PUSHER_APP_ID: "1", PUSHER_KEY: "k", PUSHER_SECRET: "s" };
  const origins = (source: Record<string, string>) => pusherOrigins(pusherSettings(parseEnv(source)));
  expect(origins({})).toEqual([]);
  expect(origins({ ...app, PUSHER_CLUSTER: "eu" })).toEqual(["wss://ws-eu.pusher.com"]);
  const local = { ...app, PUSHER_HOST: "127.0.0.1", PUSHER_PORT: "6001", PUSHER_TLS: "off" };
  expect(origins(local)).toEqual(["ws://127.0.0.1:6001"]);
});

it("knows the style sheet of the installed toast library", () => {
  const entry = createRequire(import.meta.url).resolve("sonner");
  const source = readFileSync(join(dirname(entry), "index.mjs"), "utf8");
  const literal = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(source)?.[1] ?? '""';
  const hash = createHash("sha256").update(JSON.parse(literal)).digest("base64");
  expect(SONNER_STYLE_HASH).toBe(`'sha256-${hash}'`);
});
