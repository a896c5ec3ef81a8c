import { Agent, request as httpRequest, type RequestOptions } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { FakeBot } from "../../fakes/telegram-bot";
import { percentile } from "../load";
import { budgetRow, type BenchRow } from "../row";

const ALONE = 100;
const ROUNDS = 4;
const RATE_PER_SECOND = 200;
const RATE_SECONDS = 5;

/** The door beside the floor: the same body, over connections that stay open, taking turns so that a slow minute hits both. */
export async function acknowledgements(bot: FakeBot, bareUrl: string): Promise<BenchRow[]> {
  const agent = new Agent({ keepAlive: true });
  const { url = "", secret = "" } = bot.webhook ?? {};
  let updateId = 900_000_000;
  // Recorded and acknowledged like any other, but nothing is to be answered.
  const post = (target: string) =>
    timePost(
      agent,
      target,
      secret,
      JSON.stringify({ update_id: (updateId += 1), channel_post: channelPost(updateId) }),
    );
  const alone = { floor: [] as number[], ours: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, target] of [["floor", bareUrl] as const, ["ours", url] as const]) {
      for (let n = 0; n < ALONE; n += 1) {
        const tookMs = await post(target);
        // The first round warms both up.
        if (round > 0) alone[name].push(tookMs);
      }
    }
  }
  const emptyRouteMs = percentile(await inARow(() => timeGet(agent, new URL("/api/health/live", url).href)), 50);
  const floor = { p50: percentile(alone.floor, 50), p99: percentile(await atRate(() => post(bareUrl)), 99) };
  const ours = { p50: percentile(alone.ours, 50), p99: percentile(await atRate(() => post(url)), 99) };
  agent.destroy();
  return [
    budgetRow("webhook acknowledged, p50", { ours: ours.p50, floor: floor.p50 }, "ms", {
      atMostRatio: 3,
      why: "The statement also reads the bot and adds the job of the update; an empty route of Next alone takes the time below.",
    }),
    { name: "an empty route of the same build, p50", value: emptyRouteMs, unit: "ms" },
    budgetRow(`webhook acknowledged, p99 at ${RATE_PER_SECOND} updates/s`, { ours: ours.p99, floor: floor.p99 }, "ms", {
      atMost: 50,
    }),
  ];
}

async function inARow(call: () => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < ALONE * 2; n += 1) times.push(await call());
  return times.slice(ALONE);
}

/** Posts at the moments of a fixed rate, whether or not earlier ones were answered; times count from those moments. */
async function atRate(post: () => Promise<number>): Promise<number[]> {
  const startedAt = performance.now();
  const times: Promise<number>[] = [];
  for (let n = 0; n < RATE_PER_SECOND * RATE_SECONDS; n += 1) {
    const dueMs = startedAt + (n * 1000) / RATE_PER_SECOND;
    const earlyMs = dueMs - performance.now();
    if (earlyMs > 1) await delay(earlyMs);
    const lateMs = Math.max(0, performance.now() - dueMs);
    times.push(post().then((tookMs) => tookMs + lateMs));
  }
  return Promise.all(times);
}

function channelPost(n: number): object {
  const chat = { id: -1_001_000_000_000 - (n % 50), title: "News of the shop", type: "channel" };
  return { message_id: n, date: Math.floor(Date.now() / 1000), chat, text: "New in our shop today. ".repeat(12) };
}

function timePost(agent: Agent, url: string, secret: string, body: string): Promise<number> {
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "x-telegram-bot-api-secret-token": secret,
  };
  return timeCall(url, { method: "POST", agent, headers }, body);
}

const timeGet = (agent: Agent, url: string) => timeCall(url, { agent });

function timeCall(url: string, options: RequestOptions, body?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const request = httpRequest(url, options, (response) => {
      response.resume();
      response.on("end", () =>
        response.statusCode === 200
          ? resolve(performance.now() - startedAt)
          : reject(new Error(`The door answered ${response.statusCode}.`)),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}
