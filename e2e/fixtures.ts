import { test as base } from "@playwright/test";
import postgres from "postgres";
import { startEmbeddedPostgres } from "@/server/embedded-postgres";
import { type ModelServer, startModelServer } from "./fakes/model-server";
import { FakeTelegram } from "./fakes/telegram-server";
import type { Surroundings } from "./global-setup";

type WorkerFixtures = {
  surroundings: Surroundings;
  /** The Bot API the installation talks to. */
  telegram: FakeTelegram;
  /** The model server the installation talks to; by default it repeats the best passage with its citation. */
  model: ModelServer;
  /** The installation's database, to read what a person would get by mail. */
  sql: postgres.Sql;
};

export const test = base.extend<object, WorkerFixtures>({
  surroundings: [
    // Playwright reads the fixtures a fixture needs from this pattern, also when it is empty.

    async ({}, use) => use(JSON.parse(process.env.E2E_SURROUNDINGS ?? "") as Surroundings),
    { scope: "worker" },
  ],
  baseURL: async ({ surroundings }, use) => use(surroundings.url),
  telegram: [
    async ({ surroundings }, use) => {
      const telegram = await new FakeTelegram().start(surroundings.telegramPort);
      await use(telegram);
      await telegram.stop();
    },
    { scope: "worker", auto: true },
  ],
  model: [
    async ({ surroundings }, use) => {
      const model = await startModelServer({ port: surroundings.modelPort });
      await use(model);
      await model.close();
    },
    { scope: "worker", auto: true },
  ],
  sql: [
    async ({ surroundings }, use) => {
      const server = await startEmbeddedPostgres({ dataDir: surroundings.dataDir });
      const sql = postgres(server.url(), { max: 2, onnotice: () => {} });
      await use(sql);
      await sql.end();
      await server.stop();
    },
    { scope: "worker" },
  ],
});

export { expect } from "@playwright/test";
