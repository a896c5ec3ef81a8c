import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { closeDb, openDb } from "@/db/client";
import type { WorkspaceId } from "@/lib/brand";
import { accountsOf, givenFunds } from "@/modules/balance/testing";
import { setLimit } from "@/modules/system/server/settings";
import { startEmbeddedPostgres } from "@/server/embedded-postgres";
import { signIn } from "../session";
import { startStack } from "../stack";
import { startModel } from "./model-process";
import type { BenchRow } from "./row";

const TURNS = 200;
const FUNDED = 50;
const PRICE_MICROS = 5_000_000;

/** Two hundred questions at the same moment, each in a dialog of its own, on a balance that pays for fifty. */
export async function run(): Promise<BenchRow[]> {
  const model = await startModel("realistic");
  const stack = await startStack({
    env: { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: "sk-bench", AI_MODEL: "bench-model", LOG_LEVEL: "warn" },
  });
  const server = await startEmbeddedPostgres({ dataDir: stack.dataDir });
  const db = openDb(server.url(), { max: 2 });
  const sql = postgres(server.url(), { max: 1, onnotice: () => undefined });
  try {
    const [assistant] = await sql<{ id: string; workspaceId: WorkspaceId }[]>`
      select id, workspace_id as "workspaceId" from assistants where deleted_at is null order by created_at limit 1`;
    if (!assistant) throw new Error("The demo has no assistant.");
    const { workspaceId } = assistant;
    // The documents of the demo are paid for from the same wallet.
    while ((await sql`select 1 from documents where status not in ('ready', 'failed') limit 1`).length > 0)
      await delay(200);
    await setLimit(db, "chatTurnsPerMinute", 1_000_000);
    const before = await accountsOf(db, workspaceId);
    await givenFunds(db, workspaceId, FUNDED * PRICE_MICROS - (before.availableMicros ?? 0));

    const [, email = "", password = ""] = /Demo sign-in: (\S+) \/ (\S+)/.exec(stack.output()) ?? [];
    const headers = {
      cookie: await signIn(stack.url, email, password),
      origin: stack.url,
      "x-workspace-id": workspaceId,
      "content-type": "application/json",
    };
    const ask = async () => {
      const body = JSON.stringify({
        assistantId: assistant.id,
        id: randomUUID(),
        text: "How long does delivery take?",
      });
      const response = await fetch(`${stack.url}/api/chat`, { method: "POST", headers, body });
      const words = await response.text();
      return { status: response.status, isWhole: words.includes('"type":"finish"'), words };
    };
    const outcomes = await Promise.all(Array.from({ length: TURNS }, ask));
    const after = await accountsOf(db, workspaceId);
    const [rows] = await sql<{ answers: number; negative: number; open: number }[]>`
      select (select count(*) from messages m join ledger_transactions t on t.reference_id = m.id::text and t.kind = 'charge_answer'
          where m.workspace_id = ${workspaceId} and m.author = 'assistant' and m.charge_micros = ${PRICE_MICROS})::int as answers,
        (select count(*) from wallets where available_micros < 0 or held_micros < 0)::int as negative,
        (select count(*) from holds where state = 'open')::int as open`;
    const count = (status: number) => outcomes.filter((outcome) => outcome.status === status).length;
    const isPolite = ({ status, words }: { status: number; words: string }) =>
      status === 402 && words.includes("INSUFFICIENT_FUNDS");
    return [
      promise("answers that arrived whole", outcomes.filter(({ isWhole }) => isWhole).length, FUNDED),
      promise("refusals with 402", count(402), TURNS - FUNDED),
      promise("refusals that say why", outcomes.filter(isPolite).length, TURNS - FUNDED),
      promise("answers in the books with their charge", rows?.answers ?? Number.NaN, FUNDED),
      promise("charges", after.ledger.charges - before.ledger.charges, FUNDED),
      promise("wallet, available", after.availableMicros ?? Number.NaN, 0, "micros"),
      promise("wallet, held", after.heldMicros ?? Number.NaN, 0, "micros"),
      promise("sum of the ledger", after.ledger.sumMicros, 0, "micros"),
      promise("negative wallets", rows?.negative ?? Number.NaN, 0),
      promise("open holds", rows?.open ?? Number.NaN, 0),
    ];
  } finally {
    await sql.end({ timeout: 5 });
    await closeDb(db, { timeout: 5 });
    await server.stop();
    await stack.stop();
    await model.stop();
  }
}

const promise = (name: string, value: number, wanted: number, unit = ""): BenchRow => ({
  name: `${TURNS} turns on funds for ${FUNDED}: ${name}`,
  value,
  unit,
  budget: String(wanted),
  ok: value === wanted,
  isPromise: true,
});
