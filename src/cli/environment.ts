import { existsSync } from "node:fs";
import path from "node:path";
import { migrateDatabase } from "@/db/migrate";
import { parseEnv, type Env } from "@/server/env";
import { keepDatabase } from "./database";
import type { Lifecycle } from "./lifecycle";
import { databaseProblem, StartProblem } from "./problem";
import { ensureDataDir, readOrCreateSecrets } from "./secrets";

export type Installation = {
  env: Env;
  databaseUrl: string;
  /** The environment for web and worker: what was given, completed by what was generated. */
  childEnv: NodeJS.ProcessEnv;
  demoPassword: string;
};

/** Reads `.env.local` and `.env` like Next does; what the shell gave stays. */
export function loadEnvFiles(): void {
  for (const file of [".env.local", ".env"]) if (existsSync(file)) process.loadEnvFile(file);
}

/** A production process on an external database shares its secrets with others, so it must be given them. */
export function refuseMissingSecrets(env: Env): void {
  if (env.NODE_ENV !== "production" || !env.DATABASE_URL) return;
  const missing = (["AUTH_SECRET", "ENCRYPTION_KEY"] as const).filter((name) => !env[name]);
  if (missing.length === 0) return;
  throw new StartProblem(`${missing.join(" and ")} must be set when NODE_ENV=production and DATABASE_URL is set.`);
}

/**
 * Everything that must stand before web and worker can run: a writable DATA_DIR, secrets, a migrated database.
 * Completes `process.env` as well, so that this process may use the application's own modules. An embedded database is
 * let go of when the command stops.
 */
export async function prepareInstallation(env: Env, lifecycle: Lifecycle): Promise<Installation> {
  const installation = await openInstallation(env, lifecycle);
  try {
    await migrateDatabase(installation.databaseUrl);
  } catch (cause) {
    const sentence = env.DATABASE_URL ? databaseProblem(cause) : null;
    throw sentence ? new StartProblem(sentence, { cause }) : cause;
  }
  return installation;
}

/** The same without touching the database's tables, for commands that look at them as they are. */
export async function openInstallation(env: Env, lifecycle: Lifecycle): Promise<Installation> {
  refuseMissingSecrets(env);
  const dataDir = path.resolve(env.DATA_DIR);
  await ensureDataDir(dataDir);
  const secrets = await readOrCreateSecrets(dataDir);
  const databaseUrl = env.DATABASE_URL ?? (await keepDatabase(dataDir, lifecycle));
  Object.assign(process.env, {
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: env.AUTH_SECRET ?? secrets.AUTH_SECRET,
    ENCRYPTION_KEY: env.ENCRYPTION_KEY ?? secrets.ENCRYPTION_KEY,
    NEXT_TELEMETRY_DISABLED: "1",
  });
  return {
    env,
    databaseUrl,
    childEnv: { ...process.env, ...webAddress(env) },
    demoPassword: secrets.DEMO_PASSWORD,
  };
}

/** next-auth reads its own origin from `NEXTAUTH_URL` and from nowhere else. */
export function webAddress(env: Env): Record<string, string> {
  return { PORT: String(env.PORT), APP_URL: env.appUrl, NEXTAUTH_URL: env.appUrl };
}

/** `parseEnv` of this process after its env files. */
export function readEnvironment(): Env {
  loadEnvFiles();
  return parseEnv(process.env);
}
