import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import superjson from "superjson";
import { readOrCreateSecrets } from "@/cli/secrets";
import { startEmbeddedPostgres } from "@/server/embedded-postgres";
import { FakeTelegram } from "../fakes/telegram-server";
import type { FakeBot } from "../fakes/telegram-bot";
import { signIn } from "../session";
import { startStack, type Stack } from "../stack";
import { seedWorkspaces } from "./faults/seed";
import { percentile } from "./load";
import { startModel } from "./model-process";
import { treeCpuMs, treePssBytes } from "./processes";
import type { BenchRow } from "./row";
import { acknowledgements, startBareServer } from "./webhook";

const REPLIES_ALONE = 40;
/** Between two of them: a bot may send one message each 40 ms, and that pause is Telegram's time. */
const ALONE_EVERY_MS = 100;
const CROWD = 1_000;
const BOTS_EACH = 50;
const BUSY_BOTS = 100;
const BUSY_QUESTIONS = 3_000;
const SENDERS = 32;

/** The webhook door beside bare Node, and the way from an update to the answer that leaves for Telegram. */
export async function run(): Promise<BenchRow[]> {
  const telegram = await new FakeTelegram().start();
  const model = await startModel("instant");
  const stack = await startStack({
    env: {
      TELEGRAM_API_ROOT: telegram.url,
      TELEGRAM_MODE: "webhook",
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: "sk-bench",
      AI_MODEL: "bench-model",
      LOG_LEVEL: "warn",
    },
  });
  const server = await startEmbeddedPostgres({ dataDir: stack.dataDir });
  const bare = await startBareServer(server.url());
  await answerAtOnce(server.url());
  try {
    const bot = telegram.addBot();
    await connect(stack, bot.token);
    await bot.until(() => bot.webhook !== null, 10_000, "the webhook");
    return [
      ...(await acknowledgements(bot, bare.url)),
      ...(await replies(bot)),
      ...(await crowd(stack, server.url(), telegram)),
    ];
  } finally {
    await bare.stop();
    await server.stop();
    await stack.stop();
    await model.stop();
    await telegram.stop();
  }
}

/** The pause for bursts is the visitor's time, not the product's: it is switched off before anything is measured. */
async function answerAtOnce(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  await sql`
    insert into system_settings (category, key, value) values ('limits', 'burstQuietMs', '0')
    on conflict (category, key) do update set value = excluded.value`;
  await sql.end();
}

/** One question after the other, each by another visitor: Telegram lets a chat have one message a second. */
async function replies(bot: FakeBot): Promise<BenchRow[]> {
  const times: number[] = [];
  for (let n = 0; n < REPLIES_ALONE; n += 1) {
    const count = bot.sent.length + 1;
    const startedAt = performance.now();
    await bot.visitorSends("How long does delivery take?", visitor(1 + n));
    await bot.waitForReply(count);
    times.push(performance.now() - startedAt);
    await delay(ALONE_EVERY_MS);
  }
  const p50 = percentile(times.slice(5), 50);
  return [{ name: "update to sendMessage, p50 alone", value: p50, unit: "ms", budget: "≤ 30 ms", ok: p50 <= 30 }];
}

const visitor = (n: number) => ({ id: 600_000 + n, first_name: `Visitor ${n}`, language_code: "en" });

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

/** What a thousand bots occupy once each of them has answered, and how fast they answer together. */
async function crowd(stack: Stack, databaseUrl: string, telegram: FakeTelegram): Promise<BenchRow[]> {
  const before = await occupied(stack);
  const bots = await givenCrowd(stack, databaseUrl, telegram);
  const ask = (bot: FakeBot, n: number) => bot.visitorSends("How long does delivery take?", visitor(n));
  const answered = () => bots.reduce((sum, bot) => sum + bot.sent.length, 0);
  const untilAnswered = async (count: number) => {
    while (answered() < count) await delay(5);
  };
  await inParallel(bots, SENDERS, (bot) => ask(bot, 1));
  await untilAnswered(CROWD);
  const grown = (await occupied(stack)) - before;
  const busy = bots.filter((_, n) => n % (CROWD / BUSY_BOTS) === 0);
  const questions = Array.from({ length: BUSY_QUESTIONS }, (_, n) => n);
  const spentBefore = await treeCpuMs(stack.pid);
  const startedAt = performance.now();
  await inParallel(questions, SENDERS, async (n) => {
    const bot = busy[n % BUSY_BOTS];
    if (bot) await ask(bot, 100 + n);
  });
  await untilAnswered(CROWD + BUSY_QUESTIONS);
  const perSecond = BUSY_QUESTIONS / ((performance.now() - startedAt) / 1000);
  const spent = await treeCpuMs(stack.pid);
  const spentOn = (part: "web" | "worker" | "database") =>
    ((spent.get(part) ?? 0) - (spentBefore.get(part) ?? 0)) / BUSY_QUESTIONS;
  const each = grown / CROWD / 1024 / 1024;
  return [
    {
      name: "replies, all bots together",
      value: perSecond,
      unit: "/s",
      budget: "≥ 300 /s",
      ok: perSecond >= 300,
      why: "Two processors are busy all the time; a reply takes them the times below.",
    },
    { name: "processor time of a reply, database", value: spentOn("database"), unit: "ms" },
    { name: "processor time of a reply, worker", value: spentOn("worker"), unit: "ms" },
    { name: "processor time of a reply, web", value: spentOn("web"), unit: "ms" },
    { name: `memory of a bot, of ${CROWD}`, value: each, unit: "MiB", budget: "< 1 MiB", ok: each < 1 },
  ];
}

/** Web and worker; the database keeps what it is given in any case. */
async function occupied(stack: Stack): Promise<number> {
  const sizes = await treePssBytes(stack.pid);
  return (sizes.get("web") ?? 0) + (sizes.get("worker") ?? 0);
}

async function inParallel<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function connect({ url, output }: Stack, token: string): Promise<void> {
  const [, email = "", password = ""] = /Demo sign-in: (\S+) \/ (\S+)/.exec(output()) ?? [];
  const headers = { cookie: await signIn(url, email, password), origin: url, "content-type": "application/json" };
  const list = await fetch(`${url}/api/trpc/assistants.list?input=${encodeURIComponent(superjson.stringify({}))}`, {
    headers,
  });
  const body = (await list.json()) as { result: { data: { json: { items: { id: string }[] } } } };
  const assistantId = body.result.data.json.items[0]?.id;
  const response = await fetch(`${url}/api/trpc/bots.connect`, {
    method: "POST",
    headers,
    body: superjson.stringify({ assistantId, token }),
  });
  if (!response.ok) throw new Error(`The bot was not connected: ${await response.text()}`);
}
