import { setTimeout as delay } from "node:timers/promises";
import { readOrCreateSecrets } from "@/cli/secrets";
import type { FakeBot } from "../../fakes/telegram-bot";
import type { FakeTelegram } from "../../fakes/telegram-server";
import type { Stack } from "../../stack";
import { seedWorkspaces } from "../faults/seed";
import { treeCpuMs, treePssBytes } from "../processes";
import { budgetRow, type BenchRow } from "../row";

const CROWD = 1_000;
const BOTS_EACH = 50;
const BUSY_BOTS = 100;
const BUSY_QUESTIONS = 3_000;
/** Before the floor is measured; the product has answered as many by then. */
const WARM_UP = 1_000;
const SENDERS = 32;

// Nobody asks twice: Telegram lets a chat have one message a second.
let nextVisitor = 1_000;

export const visitor = (n: number) => ({ id: 600_000 + n, first_name: `Visitor ${n}`, language_code: "en" });

type Place = { stack: Stack; databaseUrl: string; telegram: FakeTelegram; floorUrl: string };

/** Connects many bots, in workspaces of their own, through the real use case. */
async function givenCrowd(stack: Stack, databaseUrl: string, telegram: FakeTelegram): Promise<FakeBot[]> {
  const bots = Array.from({ length: CROWD }, () => telegram.addBot());
  const secrets = await readOrCreateSecrets(stack.dataDir);
  const tokens = bots.map(({ token }) => token);
  const workspaces = Array.from({ length: CROWD / BOTS_EACH }, (_, n) => ({
    fundsMicros: 1_000_000_000_000,
    tokens: tokens.slice(n * BOTS_EACH, (n + 1) * BOTS_EACH),
  }));
  const env = {
    ...process.env,
    ...secrets,
    DATABASE_URL: databaseUrl,
    APP_URL: stack.url,
    TELEGRAM_API_ROOT: telegram.url,
    TELEGRAM_MODE: "webhook",
  };
  await seedWorkspaces(env, { keys: 0, workspaces });
  return bots;
}

/** What a thousand bots occupy once each of them has answered, and how fast they answer together, beside the floor. */
export async function crowd({ stack, databaseUrl, telegram, floorUrl }: Place): Promise<BenchRow[]> {
  const before = await occupied(stack);
  const bots = await givenCrowd(stack, databaseUrl, telegram);
  await repliesPerSecond(bots, CROWD);
  const grown = (await occupied(stack)) - before;
  const floor = await floorPerSecond(telegram, floorUrl);
  const busy = bots.filter((_, n) => n % (CROWD / BUSY_BOTS) === 0);
  const spentBefore = await treeCpuMs(stack.pid);
  const ours = await repliesPerSecond(busy, BUSY_QUESTIONS);
  const spent = await treeCpuMs(stack.pid);
  const spentOn = (part: "web" | "worker" | "database") =>
    ((spent.get(part) ?? 0) - (spentBefore.get(part) ?? 0)) / BUSY_QUESTIONS;
  const each = grown / CROWD / 1024 / 1024;
  return [
    budgetRow("replies, all bots together", { ours, floor }, "/s", {
      atLeast: 300,
      why: "Two processors are busy all the time; a reply takes them the times below.",
    }),
    { name: "processor time of a reply, database", value: spentOn("database"), unit: "ms" },
    { name: "processor time of a reply, worker", value: spentOn("worker"), unit: "ms" },
    { name: "processor time of a reply, web", value: spentOn("web"), unit: "ms" },
    { name: `memory of a bot, of ${CROWD}`, value: each, unit: "MiB", budget: "< 1 MiB", ok: each < 1 },
  ];
}

/** The same questions to as many bots of plain Node, once it is warm. */
async function floorPerSecond(telegram: FakeTelegram, floorUrl: string): Promise<number> {
  const bots = Array.from({ length: BUSY_BOTS }, () => telegram.addBot());
  for (const bot of bots) bot.webhook = { url: `${floorUrl}${bot.token}`, secret: "", allowed: [] };
  await repliesPerSecond(bots, WARM_UP);
  return repliesPerSecond(bots, BUSY_QUESTIONS);
}

/** Has bots answer questions in turn, each by another visitor, as many at a time as there are senders. */
async function repliesPerSecond(bots: readonly FakeBot[], questions: number): Promise<number> {
  const answered = () => bots.reduce((sum, bot) => sum + bot.sent.length, 0);
  const due = answered() + questions;
  const queue = Array.from({ length: questions }, (_, n) => n).values();
  const startedAt = performance.now();
  const sender = async () => {
    for (const n of queue)
      await bots[n % bots.length]?.visitorSends("How long does delivery take?", visitor((nextVisitor += 1)));
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  while (answered() < due) await delay(5);
  return questions / ((performance.now() - startedAt) / 1000);
}

/** Web and worker; the database keeps what it is given in any case. */
async function occupied(stack: Stack): Promise<number> {
  const sizes = await treePssBytes(stack.pid);
  return (sizes.get("web") ?? 0) + (sizes.get("worker") ?? 0);
}
