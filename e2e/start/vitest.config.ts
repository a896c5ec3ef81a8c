import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname, "../../src") } },
  test: {
    include: ["e2e/start/*.test.ts"],
    root: path.resolve(import.meta.dirname, "../.."),
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
});
