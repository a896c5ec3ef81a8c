import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/server/embedded-postgres";

export const OUTAGES = ["immediate shutdown", "crash of a backend", "kill of the server"] as const;
export type Outage = (typeof OUTAGES)[number];

/** The children of a killed server need a moment to notice; until then its memory counts as in use. */
const PAUSE_MS = 1_000;

/** A PostgreSQL of its own that goes down and comes back under the same address. */
export class Cluster {
  outages = 0;

  private constructor(
    private readonly dataDir: string,
    private server: EmbeddedPostgres,
  ) {}

  static async start(dataDir: string): Promise<Cluster> {
    return new Cluster(dataDir, await startEmbeddedPostgres({ dataDir }));
  }

  get url(): string {
    return this.server.url();
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  /** Takes the server down in one of the ways that happen, and brings it back. */
  async suffer(outage: Outage): Promise<void> {
    this.outages += 1;
    const pid = await this.postmaster();
    const { port } = this.server;
    if (outage === "crash of a backend") {
      // PostgreSQL then ends every other backend and recovers as after a crash of the machine.
      const [backend] = await childrenOf(pid, /chatai/);
      if (backend !== undefined) process.kill(backend, "SIGKILL");
    } else {
      process.kill(pid, outage === "immediate shutdown" ? "SIGQUIT" : "SIGKILL");
      while (await isRunning(pid)) await delay(20);
    }
    await delay(PAUSE_MS);
    this.server = await startEmbeddedPostgres({ dataDir: this.dataDir, port });
    if (this.server.port !== port) throw new Error("The database has moved to another port.");
  }

  private async postmaster(): Promise<number> {
    const file = await readFile(path.join(this.dataDir, "postgres", "data", "postmaster.pid"), "utf8");
    return Number(file.split("\n", 1)[0]);
  }
}

async function isRunning(pid: number): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return commandLine.includes("postgres");
}

async function childrenOf(parent: number, title: RegExp): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
    if (Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) !== parent) continue;
    if (title.test(await readFile(`/proc/${name}/cmdline`, "utf8").catch(() => ""))) found.push(Number(name));
  }
  return found;
}
