import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import type { RootDb } from "@/db/client";
import { newId } from "@/lib/ids";
import { givenAssistant } from "@/modules/assistants/testing";
import { receiveAnnounced } from "@/modules/dialogs/server/receive";
import { listMessages } from "@/modules/dialogs/server/service";
import { inboxListInput } from "@/modules/handoff/inbox/contract";
import { beat } from "@/modules/handoff/server/presence/service";
import { countInbox, listInbox, listInboxRows } from "@/modules/handoff/server/inbox/service";
import { streamEvents } from "@/modules/realtime/server/stream";
import { givenMember, givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import { withBenchDatabase } from "./database";
import { seedWorkspace, type Size } from "./inbox/seed";
import type { BenchRow } from "./row";

const OPERATORS = 50;
const BUDGET_MS = 50;
const SAMPLES = 100;
// The first ones fill caches and plans.
const WARM_UP = 5;
// A list is one; a search asks how common its words are first, and twice more when they are common apart but not together.
const MOST_QUERIES = 4;
// As the page does it: a hint is answered a moment later, and not by everybody at once.
const SPREAD_MS = 400;
const MESSAGES_A_SECOND = 1;

type Look = { name: string; run: (ctx: MemberCtx) => Promise<unknown> };

/**
 * What an operator's page asks for, in a workspace of a million messages beside another one, while fifty operators are
 * connected: each of them hears of every new message and asks for its row and the counts, as the page does.
 */
export async function run([size = "1000000"]: readonly string[] = []): Promise<BenchRow[]> {
  const messages = Number(size);
  return withBenchDatabase(async (db, url) => {
    process.env.DATABASE_URL = url;
    const world = await givenWorld(db, url, { messages, dialogs: Math.ceil(messages / 20) });
    const looks = await looksOf(world);
    const queries = new Map<string, number>();
    for (const look of looks) queries.set(look.name, await countQueries(db, () => look.run(world.ctx)));
    const crowd = startCrowd(world);
    const rows: BenchRow[] = [];
    try {
      for (const look of looks) rows.push(...(await measure(look, world.team, queries.get(look.name) ?? Number.NaN)));
    } finally {
      await crowd.stop();
    }
    return [
      { name: "messages in the workspace", value: world.stored, unit: "" },
      { name: "operators connected", value: OPERATORS, unit: "" },
      { name: "rows asked for by the others meanwhile", value: crowd.asked(), unit: "" },
      ...rows,
    ];
  });
}

type World = Awaited<ReturnType<typeof givenWorld>>;

async function givenWorld(db: RootDb, url: string, size: Size) {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const { ctx } = await givenWorkspace(db);
  const team: MemberCtx[] = [];
  for (let n = 0; n < OPERATORS; n += 1) {
    const { ctx: operator } = await givenMember(db, ctx.workspaceId);
    await beat(operator, {});
    team.push(operator);
  }
  const operatorIds = team.map(({ actor }) => actor.userId);
  const assistantIds = [(await givenAssistant(ctx)).id, (await givenAssistant(ctx)).id];
  const { ctx: other } = await givenWorkspace(db);
  const neighbour = { workspaceId: other.workspaceId, assistantIds: [(await givenAssistant(other)).id] };

  // Filled first and indexed after, or an hour would go into the order of the words.
  const [index] = await sql<
    { definition: string }[]
  >`select pg_get_indexdef('messages_words_index'::regclass) as definition`;
  if (!index) throw new Error("The index of words is gone.");
  await sql`drop index messages_words_index`;
  await sql`set session_replication_role = replica`;
  await seedWorkspace({ sql, workspaceId: ctx.workspaceId, assistantIds, operatorIds }, size);
  const fifth = { dialogs: Math.ceil(size.dialogs / 5), messages: Math.ceil(size.messages / 5) };
  await seedWorkspace({ sql, ...neighbour, operatorIds: [other.actor.userId] }, fifth);
  await sql.unsafe(index.definition);
  await sql`vacuum analyze`;
  const [counted] = await sql<
    { n: number }[]
  >`select count(*)::int as n from messages where workspace_id = ${ctx.workspaceId}`;
  const [longest] = await sql<{ id: string }[]>`
    select id from dialogs where workspace_id = ${ctx.workspaceId} order by message_seq desc limit 1`;
  const [order] = await sql<{ number: string }[]>`
    select substring(text from 'заказ (\\d{6})') as number from messages where workspace_id = ${ctx.workspaceId} and seq = 1 limit 1`;
  await sql.end();
  return {
    ctx,
    team,
    assistantIds,
    stored: counted?.n ?? 0,
    longestId: longest?.id ?? "",
    orderNumber: order?.number ?? "",
  };
}

async function looksOf({ ctx, longestId, orderNumber, team }: World): Promise<Look[]> {
  const list = (name: string, input: Parameters<typeof inboxListInput.parse>[0]): Look => {
    const parsed = inboxListInput.parse(input);
    return { name, run: (operator) => listInbox(operator, parsed) };
  };
  const deep = async (view: "all" | "closed") => {
    let cursor: string | undefined;
    for (let page = 0; page < 20; page += 1)
      cursor = (await listInbox(ctx, inboxListInput.parse({ view, cursor, limit: 100 }))).nextCursor ?? cursor;
    return cursor;
  };
  const thread = (name: string, cursor?: string): Look => ({
    name,
    run: (operator) => listMessages(operator, { dialogId: longestId, cursor, limit: 50 }),
  });
  return [
    list("list: queue", {}),
    list("list: mine", { view: "mine" }),
    list("list: all", { view: "all" }),
    list("list: all, page 21", { view: "all", cursor: await deep("all") }),
    list("list: closed", { view: "closed" }),
    list("list: closed, page 21", { view: "closed", cursor: await deep("closed") }),
    list("list: mentions", { view: "mentions" }),
    list("list: all by channel and tag", { view: "all", channel: "telegram", tag: "vip" }),
    list("list: all unread", { view: "all", unread: true }),
    list("list: all of one operator", { view: "all", assignee: team[0]?.actor.userId }),
    list("list: all, late", { view: "all", wait: "over" }),
    list("search: one order", { view: "all", search: orderNumber }),
    list("search: a word of every third message", { view: "all", search: "заказ" }),
    list("search: two words", { view: "all", search: "доставка возврат" }),
    list("search: the beginning of a word", { view: "all", search: "карол" }),
    list("search: a name", { view: "all", search: "елена ка" }),
    list("search: nothing found", { view: "all", search: "гиппопотам" }),
    list("search: in the queue", { search: "заказ" }),
    { name: "counts", run: (operator) => countInbox(operator) },
    thread("thread: newest page of the longest dialog"),
    thread("thread: older page of the longest dialog", "500"),
  ];
}

async function measure({ name, run }: Look, team: readonly MemberCtx[], queries: number): Promise<BenchRow[]> {
  const times: number[] = [];
  for (let index = 0; index < SAMPLES + WARM_UP; index += 1) {
    const operator = team[index % team.length];
    if (!operator) throw new Error("Nobody is at work.");
    const startedAt = performance.now();
    await run(operator);
    if (index >= WARM_UP) times.push(performance.now() - startedAt);
  }
  times.sort((a, b) => a - b);
  const share = (part: number) => Math.round((times[Math.floor(times.length * part)] ?? 0) * 100) / 100;
  return [
    { name: `${name}, p50`, value: share(0.5), unit: "ms" },
    { name: `${name}, p95`, value: share(0.95), unit: "ms", budget: `≤ ${BUDGET_MS} ms`, ok: share(0.95) <= BUDGET_MS },
    { name: `${name}, queries`, value: queries, unit: "", budget: `≤ ${MOST_QUERIES}`, ok: queries <= MOST_QUERIES },
  ];
}

/** The statements of one call, before anybody else calls. */
async function countQueries(db: RootDb, run: () => Promise<unknown>): Promise<number> {
  let count = 0;
  Object.assign(db.$client.options, { debug: () => (count += 1) });
  await run();
  Object.assign(db.$client.options, { debug: false });
  return count;
}

/** Fifty open streams, and what their pages do with each hint. */
function startCrowd({ ctx, team, assistantIds }: World) {
  const end = new AbortController();
  let asked = 0;
  const filter = inboxListInput.parse({});
  const follow = async (operator: MemberCtx) => {
    for await (const { ids } of streamEvents(operator, undefined, () => Promise.resolve(true), end.signal)) {
      if (!ids.dialogId) continue;
      asked += 1;
      await delay(Math.random() * SPREAD_MS);
      await Promise.all([listInboxRows(operator, { filter, dialogIds: [ids.dialogId] }), countInbox(operator)]);
    }
  };
  const followers = team.map(follow);
  const write = async () => {
    for (let n = 0; !end.signal.aborted; n += 1) {
      await receiveAnnounced(ctx, {
        assistantId: assistantIds[0] ?? "",
        channel: "api",
        visitorKey: `crowd:${n % 20}`,
        clientId: newId(),
        text: "Где мой заказ?",
      });
      await delay(1000 / MESSAGES_A_SECOND);
    }
  };
  const writer = write();
  return {
    asked: () => asked,
    stop: async () => {
      end.abort();
      await Promise.all([writer, ...followers]);
    },
  };
}
