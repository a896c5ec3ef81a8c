import path from "node:path";
import { defineConfig } from "@playwright/test";
import { chromiumFlags, findChromium } from "@/cli/chromium";

const results = path.resolve(process.env.DATA_DIR ?? ".data", "e2e");

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  globalSetup: "./global-setup.ts",
  outputDir: path.join(results, "results"),
  // The specs share one stack on two cores, and the fakes live in the one worker process.
  workers: 1,
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ["json", { outputFile: path.join(results, "report.json") }]],
  use: {
    locale: "en-US",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: findChromium() ?? undefined, args: chromiumFlags },
  },
});
