import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freePort } from "@/server/embedded-postgres";

type Bare = { url: string; stop: () => Promise<void> };

/** A floor in a process of its own, which says when it listens on `PORT`. */
export async function startBare(main: URL, env: Record<string, string>): Promise<Bare> {
  const port = await freePort();
  const child = spawn(process.execPath, ["--import", "tsx", fileURLToPath(main)], {
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  const stop = async () => {
    const closed = once(child, "close");
    child.kill("SIGTERM");
    await closed;
  };
  return { url: `http://127.0.0.1:${port}/`, stop };
}
