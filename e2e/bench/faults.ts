import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { closeDb, openDb } from "@/db/client";
import { setLimit } from "@/modules/system/server/settings";
import { type ModelServer, startModelServer } from "../fakes/model-server";
import type { FakeBot } from "../fakes/telegram-bot";
import { FakeTelegram } from "../fakes/telegram-server";
import { listDeadJobs, readBooks, readUnsettled, type Unsettled } from "./faults/books";
import { type Posts, sendAll } from "./faults/deliveries";
import { seededDice } from "./faults/dice";
import { type Injected, modelFaults, startDisasters, telegramFaults } from "./faults/disasters";
import { type Installation, startInstallation } from "./faults/installation";
import { answerTokens, type Question, type Thought, Visitors } from "./faults/questions";
import { faultRows, printInjected } from "./faults/report";
import { seedWorkspaces } from "./faults/seed";
import { judge } from "./faults/verdict";
import type { BenchRow } from "./row";

const DELIVERIES = 10_000;
const PRICE_MICROS = 5_000_000;
const MORE_KEYS = 2;
const WORKSPACES = 4;
const BOTS_EACH = 10;
/** Visitors of a workspace that has money for some of its answers only. */
const POOR = { bots: 2, funded: 0.02 };
const BURSTS = { share: 0.1, size: 3, quietMs: 500, settingMs: 6_000 };
const SETTLE_MS = 15 * 60_000;

/**
 * The promise of the product under everything that breaks: workers, web processes and the database die, the model and
 * Telegram fail, every update comes three times. What left is read from Telegram's side and compared with the books.
 */
export async function run(args: readonly string[] = []): Promise<BenchRow[]> {
  const deliveries = Number(args[0] ?? DELIVERIES);
  const seed = Number(process.env.FAULTS_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`\nfaults: ${deliveries} updates, three deliveries each, FAULTS_SEED=${seed}`);
  const telegram = await new FakeTelegram().start();
  const model = await startModelServer({ firstTokenMs: 40, tokenMs: 1, reply: answerTokens });
  const installation = await startInstallation(
    { webs: 2, workers: 2 },
    {
      TELEGRAM_API_ROOT: telegram.url,
      TELEGRAM_MODE: "webhook",
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: "sk-bench",
      AI_MODEL: "fake-standard",
      AI_PRIVATE_HOSTS: "127.0.0.1",
      LOG_LEVEL: "warn",
    },
  );
  let isSound = false;
  try {
    const rows = await new Run(seed, deliveries, { telegram, model, installation }).rows();
    isSound = rows.every(({ isPromise, ok }) => !isPromise || ok === true);
    return rows;
  } finally {
    if (!isSound) console.log(`The logs of all processes stay in ${installation.dataDir}`);
    await installation.stop(!isSound);
    await model.close();
    await telegram.stop();
  }
}

type World = { telegram: FakeTelegram; model: ModelServer; installation: Installation };

class Run {
  private readonly dice;
  private readonly injected: Injected = new Map();
  private readonly posts: Posts = { sent: 0, accepted: 0, refused: 0, broken: 0, acknowledged: 0 };
  private readonly sql;
  private readonly startedAt = Date.now();
  private unsettled: Unsettled = { updates: 0, parts: 0, generations: 0, holds: 0, jobs: 0 };

  constructor(
    seed: number,
    private readonly deliveries: number,
    private readonly world: World,
  ) {
    this.dice = seededDice(seed);
    this.sql = postgres(world.installation.cluster.url, { max: 2, onnotice: () => undefined });
  }

  async rows(): Promise<BenchRow[]> {
    const { telegram, model, installation } = this.world;
    const { rich, poor } = await this.connectBots();
    const bots = [...rich, ...poor];
    const visitors = new Visitors(this.dice);
    const inBursts = Math.floor(this.deliveries * BURSTS.share);
    const talks = visitors.thoughts(bots, this.deliveries - inBursts);
    const bursts = visitors.thoughts(rich, inBursts, BURSTS.size);

    telegram.mishap = telegramFaults(this.dice, this.injected);
    model.set({ mishap: modelFaults(this.dice, this.injected) });
    const disasters = startDisasters(installation, this.dice, this.deliveries);
    const watch = setInterval(() => void this.look(), 1_000);
    const progress = setInterval(() => this.tell(bots), 10_000);
    try {
      await this.send(talks);
      await this.mostlySettled();
      await this.pauseForBursts(BURSTS.quietMs);
      await this.send(bursts);
      await this.mostlySettled();
      await disasters.stop();
      const sentSeconds = this.seconds();
      const hasSettled = await this.settled();
      const questions: Question[] = [...talks, ...bursts].flat();
      const books = await readBooks(this.sql);
      const deadJobs = await listDeadJobs(this.sql);
      printInjected(this.injected);
      return faultRows({
        questions: questions.length,
        verdict: judge(questions, bots, books),
        burst: judge(bursts.flat(), bots, books),
        money: books.money,
        unsettled: this.unsettled,
        hasSettled,
        deadJobs,
        posts: this.posts,
        installation,
        seconds: { sent: sentSeconds, settled: this.seconds() },
      });
    } finally {
      clearInterval(watch);
      clearInterval(progress);
      await disasters.stop();
      await this.sql.end({ timeout: 5 });
    }
  }

  private async connectBots(): Promise<{ rich: FakeBot[]; poor: FakeBot[] }> {
    const { telegram, installation } = this.world;
    const team = (size: number) => Array.from({ length: size }, () => telegram.addBot());
    const teams = Array.from({ length: WORKSPACES }, () => team(BOTS_EACH));
    const poor = team(POOR.bots);
    const funds = Math.floor(this.deliveries * POOR.funded) * PRICE_MICROS;
    const tokens = (bots: FakeBot[]) => bots.map(({ token }) => token);
    await seedWorkspaces(installation.env, {
      keys: MORE_KEYS,
      workspaces: [
        ...teams.map((bots) => ({ fundsMicros: this.deliveries * PRICE_MICROS, tokens: tokens(bots) })),
        { fundsMicros: funds, tokens: tokens(poor) },
      ],
    });
    return { rich: teams.flat(), poor };
  }

  private send(thoughts: Thought[]): Promise<void> {
    const { origins } = this.world.installation;
    const waiting = () => this.unsettled.updates;
    return sendAll(thoughts, { origins, dice: this.dice, posts: this.posts, waiting });
  }

  private async pauseForBursts(quietMs: number): Promise<void> {
    const db = openDb(this.world.installation.cluster.url, { max: 1 });
    for (;;) {
      const isSet = await setLimit(db, "burstQuietMs", quietMs).then(
        () => true,
        () => false,
      );
      if (isSet) break;
      await delay(500);
    }
    await closeDb(db, { timeout: 5 });
    await delay(BURSTS.settingMs);
  }

  /** Disasters go on until little is left to be hit by them. */
  private async mostlySettled(): Promise<void> {
    const deadline = Date.now() + SETTLE_MS;
    do await delay(1_000);
    while (this.unsettled.updates > 20 && Date.now() < deadline);
  }

  private async settled(): Promise<boolean> {
    const deadline = Date.now() + SETTLE_MS;
    while (Date.now() < deadline) {
      if ((await this.look()) && Object.values(this.unsettled).every((left) => left === 0)) return true;
      await delay(1_000);
    }
    return false;
  }

  private async look(): Promise<boolean> {
    const seen = await readUnsettled(this.sql).catch(() => null);
    if (seen) this.unsettled = seen;
    return seen !== null;
  }

  private tell(bots: readonly FakeBot[]): void {
    const sent = bots.reduce((sum, bot) => sum + bot.sent.length, 0);
    const { updates, parts, jobs, holds, generations } = this.unsettled;
    const { workers, webs, cluster } = this.world.installation;
    const kills = (mortals: { kills: number }[]) => mortals.reduce((sum, mortal) => sum + mortal.kills, 0);
    console.log(
      `  ${this.seconds().toFixed(0).padStart(4)} s: ${this.posts.acknowledged} acknowledged, ${sent} messages accepted by Telegram; ` +
        `left: ${updates} updates, ${parts} parts, ${generations} answers, ${holds} holds, ${jobs} jobs; ` +
        `killed: ${kills(workers)} workers, ${kills(webs)} web, ${cluster.outages} databases`,
    );
  }

  private seconds(): number {
    return (Date.now() - this.startedAt) / 1000;
  }
}
