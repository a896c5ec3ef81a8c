import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { spawnNode } from "@/cli/part";

const RESTART_MS = 500;

/** A process of the installation that may be killed at any moment and is started again, as its supervisor would. */
export class Mortal {
  kills = 0;
  /** How often it ended without having been killed. */
  deaths = 0;
  private child: ChildProcess | undefined;
  private isStopped = false;

  constructor(
    readonly name: string,
    private readonly spec: { args: string[]; env: NodeJS.ProcessEnv; log: string },
  ) {
    this.begin();
  }

  kill(): void {
    if (this.child?.kill("SIGKILL")) this.kills += 1;
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await gone;
    clearTimeout(force);
  }

  private begin(): void {
    const child = spawnNode(this.spec.args, this.spec.env);
    this.child = child;
    const log = createWriteStream(this.spec.log, { flags: "a" });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.once("exit", (code, signal) => {
      if (signal !== "SIGKILL" && !this.isStopped) this.deaths += 1;
      log.end(`${new Date().toISOString()} ${this.name} ended: ${signal ?? code}\n`);
      void delay(RESTART_MS).then(() => {
        if (!this.isStopped) this.begin();
      });
    });
  }
}
