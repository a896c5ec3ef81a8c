import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export type SeedOrder = { keys: number; workspaces: { fundsMicros: number; tokens: string[] }[] };

/** Adds keys to the pool beside the one of the environment, makes workspaces with money and one assistant each, and connects their bots through the real use case. */
export async function seedWorkspaces(env: NodeJS.ProcessEnv, order: SeedOrder): Promise<void> {
  const main = fileURLToPath(new URL("./seed-main.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", main], {
    env: { ...env, SEED_ORDER: JSON.stringify(order) },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error("The workspaces could not be made.");
}
