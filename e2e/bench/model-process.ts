import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";

export type Pace = "instant" | "realistic";

/** The fake model server in a process of its own, so that it takes no turn of the bench's event loop. */
export async function startModel(pace: Pace): Promise<{ url: string; stop: () => Promise<void> }> {
  const main = fileURLToPath(new URL("./model-main.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", main, pace], { stdio: ["ignore", "pipe", "inherit"] });
  const [url] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const stop = async () => {
    const closed = once(child, "close");
    child.kill("SIGTERM");
    await closed;
  };
  return { url, stop };
}
