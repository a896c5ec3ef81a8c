import path from "node:path";
import { configDefaults, defineConfig } from "vitest/config";

// What needs PostgreSQL lives in these folders; everything else is pure and starts without it.
const integration = ["src/**/server/**/*.test.ts", "src/{trpc,db,app/api}/**/*.test.ts", "e2e/fakes/**/*.db.test.ts"];

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname, "src") } },
  test: {
    environment: "node",
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["src/**/*.test.{ts,tsx}", "e2e/fakes/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...integration],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: integration,
          globalSetup: ["src/db/testing-setup.ts"],
          setupFiles: ["src/db/testing-worker.ts"],
        },
      },
    ],
  },
});
