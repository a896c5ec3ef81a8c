import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { inject } from "vitest";

const { serverUrl, template, prefix } = inject("testDatabase");
const database = `${prefix}_${process.env.VITEST_POOL_ID ?? "1"}`;

const sql = postgres(serverUrl, { max: 1, onnotice: () => {} });
await sql`create database ${sql(database)} template ${sql(template)}`.catch((cause: { code?: string }) => {
  const hasEarlierFileMadeIt = cause.code === "42P04";
  if (!hasEarlierFileMadeIt) throw cause;
});
await sql.end();

const url = new URL(serverUrl);
url.pathname = `/${database}`;
Object.assign(process.env, {
  DATABASE_URL: url.href,
  DATA_DIR: mkdtempSync(path.join(tmpdir(), "chatai-test-")),
  AUTH_SECRET: "integration-tests-auth-secret-0123456789",
  ENCRYPTION_KEY: "integration-tests-encryption-key-0123456789",
  LOG_LEVEL: process.env.LOG_LEVEL ?? "silent",
  TELEGRAM_API_ROOT: "http://127.0.0.1:9",
});
