import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { startEmbeddedPostgres } from "@/server/embedded-postgres";
import { setLimit } from "@/modules/system/server/settings";
import { closeDb, openDb } from "@/db/client";
import { signIn } from "../session";
import { startStack } from "../stack";
import { buildFloor, startFloor } from "./floor-server";
import { type LoadResult, loadStreams, type StreamRequest } from "./load";
import { startModel } from "./model-process";
import { budgetRow, type BenchRow } from "./row";

const LEVELS = [1, 10, 50];
const ROUNDS = 3;
const TURNS_PER_LEVEL: Record<number, number> = { 1: 60, 10: 300, 50: 500 };
// About the length of one answer of the realistic model: its users do not press Enter in step.
const SPREAD_MS = 700;
const QUESTION = "How long does delivery take and what does it cost?";

/** Turns per second and time to the first token, beside the floor that runs in the same minutes on the same machine. */
export async function run(): Promise<BenchRow[]> {
  await buildFloor();
  return [...(await measure("instant")), ...(await measure("realistic"))];
}

async function measure(pace: "instant" | "realistic"): Promise<BenchRow[]> {
  const model = await startModel(pace);
  const stack = await startStack({
    env: { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: "sk-bench", AI_MODEL: "bench-model", LOG_LEVEL: "warn" },
  });
  const server = await startEmbeddedPostgres({ dataDir: stack.dataDir });
  const floor = await startFloor(server.url(), model.url);
  try {
    const ours = await signedInRequests(stack.url, server.url(), stack.output());
    const rows: BenchRow[] = [];
    const spreadMs = pace === "realistic" ? SPREAD_MS : 0;
    const levels = pace === "instant" ? LEVELS : [50];
    for (const streams of levels) {
      const pairs: { ours: LoadResult; floor: LoadResult }[] = [];
      const turns = TURNS_PER_LEVEL[streams] ?? 100;
      // The first round warms both up and is not counted; then they take turns, so that a slow minute hits both.
      for (let round = 0; round <= ROUNDS; round += 1) {
        const floorResult = await loadStreams({
          origin: floor.url,
          streams,
          turns,
          spreadMs,
          makeRequest: floorRequest,
        });
        const oursResult = await loadStreams({ origin: stack.url, streams, turns, spreadMs, makeRequest: ours });
        if (oursResult.failures + floorResult.failures > 0) {
          throw new Error(
            `${oursResult.failures} of our turns and ${floorResult.failures} of the floor's failed at ${streams} streams.`,
          );
        }
        if (round > 0) pairs.push({ ours: oursResult, floor: floorResult });
      }
      rows.push(...(pace === "instant" ? instantRows(streams, pairs) : realisticRows(streams, pairs)));
    }
    return rows;
  } finally {
    await floor.stop();
    await server.stop();
    await stack.stop();
    await model.stop();
  }
}

type Pair = { ours: LoadResult; floor: LoadResult };

function instantRows(streams: number, pairs: Pair[]): BenchRow[] {
  const rate = {
    ours: median(pairs.map((pair) => pair.ours.perSecond)),
    floor: median(pairs.map((pair) => pair.floor.perSecond)),
  };
  const first = {
    ours: median(pairs.map((pair) => pair.ours.firstTokenMs.p50)),
    floor: median(pairs.map((pair) => pair.floor.firstTokenMs.p50)),
  };
  return [
    budgetRow(`turns per second, ${streams} streams`, rate, "1/s", streams === 1 ? undefined : { atLeastRatio: 0.35 }),
    budgetRow(`first token p50, ${streams} streams`, first, "ms", { atMostRatio: streams === 50 ? 3 : 2.5 }),
  ];
}

function realisticRows(streams: number, pairs: Pair[]): BenchRow[] {
  const above = {
    ours: median(pairs.map((pair) => pair.ours.firstTokenMs.p95)) - 300,
    floor: median(pairs.map((pair) => pair.floor.firstTokenMs.p95)) - 300,
  };
  return [
    budgetRow(`first token p95 above a 300 ms model, ${streams} streams`, above, "ms", {
      atMost: 75,
      why: "Fifty streams on two processors: before the model is asked, a turn reads, claims, holds and retrieves.",
    }),
  ];
}

function floorRequest(): StreamRequest {
  return { path: "/api/chat", headers: {}, body: JSON.stringify({ id: randomUUID(), text: QUESTION }) };
}

/** Requests of the demo's owner, each lane in a dialog of its own. */
async function signedInRequests(origin: string, databaseUrl: string, output: string) {
  const [, email, password] = /Demo sign-in: (\S+) \/ (\S+)/.exec(output) ?? [];
  if (!email || !password) throw new Error("The installation printed no demo sign-in.");
  const db = openDb(databaseUrl, { max: 2 });
  await setLimit(db, "chatTurnsPerMinute", 1_000_000);
  await closeDb(db, { timeout: 5 });
  const cookie = await signIn(origin, email, password);
  const sql = postgres(databaseUrl, { max: 1 });
  const [assistant] = await sql<{ id: string; workspace_id: string }[]>`
    select id, workspace_id from assistants where deleted_at is null order by created_at limit 1`;
  await sql.end();
  if (!assistant) throw new Error("The demo has no assistant.");
  const headers = { cookie, origin, "x-workspace-id": assistant.workspace_id };
  const ask = async (dialogId?: string) => {
    const response = await fetch(`${origin}/api/chat`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ assistantId: assistant.id, dialogId, id: randomUUID(), text: QUESTION }),
    });
    await response.text();
    const id = response.headers.get("x-dialog-id");
    if (!id) throw new Error(`The first turn was refused with ${response.status}.`);
    return id;
  };
  const dialogs: string[] = [];
  while (dialogs.length < Math.max(...LEVELS)) dialogs.push(await ask());
  return (_turn: number, lane: number): StreamRequest => ({
    path: "/api/chat",
    headers,
    body: JSON.stringify({ assistantId: assistant.id, dialogId: dialogs[lane], id: randomUUID(), text: QUESTION }),
  });
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
