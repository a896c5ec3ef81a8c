import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import superjson from "superjson";
import { startEmbeddedPostgres } from "@/server/embedded-postgres";
import { FakeTelegram } from "../fakes/telegram-server";
import type { FakeBot } from "../fakes/telegram-bot";
import { signIn } from "../session";
import { startStack, type Stack } from "../stack";
import { percentile } from "./load";
import { startModel } from "./model-process";
import type { BenchRow } from "./row";
import { acknowledgements } from "./telegram/acknowledgements";
import { startBare } from "./telegram/bare";
import { crowd, visitor } from "./telegram/crowd";

const REPLIES_ALONE = 40;
/** Between two of them: a bot may send one message each 40 ms, and that pause is Telegram's time. */
const ALONE_EVERY_MS = 100;

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
  const env = { DATABASE_URL: server.url(), OPENAI_BASE_URL: model.url, TELEGRAM_API_ROOT: telegram.url };
  const door = await startBare(new URL("./telegram/bare-door.ts", import.meta.url), env);
  const bareBot = await startBare(new URL("./telegram/bare-bot.ts", import.meta.url), env);
  await answerAtOnce(server.url());
  try {
    const bot = telegram.addBot();
    await connect(stack, bot.token);
    await bot.until(() => bot.webhook !== null, 10_000, "the webhook");
    return [
      ...(await acknowledgements(bot, door.url)),
      ...(await replies(bot)),
      ...(await crowd({ stack, databaseUrl: server.url(), telegram, floorUrl: bareBot.url })),
    ];
  } finally {
    await bareBot.stop();
    await door.stop();
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
