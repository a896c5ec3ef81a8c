import { readFile } from "node:fs/promises";
import path from "node:path";
import type { RootDb } from "@/db/client";
import { searchKnowledge } from "@/modules/knowledge/server/retrieval/search";
import { givenAssistant, givenDocument } from "@/modules/knowledge/testing";
import { givenWorkspace } from "@/modules/workspaces/testing";
import type { WorkspaceCtx } from "@/server/context";
import { bm25Index } from "./bm25";
import { withBenchDatabase } from "./database";
import type { BenchRow } from "./row";

type Passage = { text: string; questions: string[] };
type Quality = { recall1: number; recall5: number; mrr: number };

const languages = ["en", "ru"] as const;
const depth = 20;
const latencyChunks = 10_000;
const latencyQuestions = 300;

/** Retrieval quality on XQuAD beside plain BM25 with stemming on the same passages, and latency at 10,000 chunks. */
export async function run(): Promise<BenchRow[]> {
  return withBenchDatabase(async (db) => {
    const rows: BenchRow[] = [];
    for (const language of languages) {
      const passages = await readPassages(language);
      rows.push(...(await measureQuality(db, language, passages)));
    }
    rows.push(...(await measureLatency(db, [...(await readPassages("en")), ...(await readPassages("ru"))])));
    return rows;
  });
}

async function measureQuality(db: RootDb, language: "en" | "ru", passages: Passage[]): Promise<BenchRow[]> {
  const { ctx } = await givenWorkspace(db);
  const assistantId = await givenAssistant(ctx);
  const indexOf = new Map<string, number>();
  for (const [index, { text }] of passages.entries())
    indexOf.set(await givenDocument(ctx, { assistantId, name: `${index}`, text }), index);
  const plain = bm25Index(
    passages.map(({ text }) => text),
    language,
  );
  const ours = await evaluate(passages, async (question) =>
    rankedDocuments(await search(ctx, assistantId, question), indexOf),
  );
  const floor = await evaluate(passages, (question) => plain.rank(question).slice(0, depth));
  const row = (name: string, key: keyof Quality, isBudget: boolean): BenchRow => ({
    name: `retrieval ${language} ${name}`,
    value: round(ours[key], 4),
    unit: "",
    floor: round(floor[key], 4),
    ratio: round(ours[key] / floor[key], 3),
    ...(isBudget ? { budget: ">= plain BM25 with stemming", ok: ours[key] >= floor[key] } : {}),
  });
  return [row("recall@1", "recall1", true), row("recall@5", "recall5", false), row("MRR", "mrr", false)];
}

async function measureLatency(db: RootDb, passages: Passage[]): Promise<BenchRow[]> {
  const { ctx } = await givenWorkspace(db);
  const assistantId = await givenAssistant(ctx);
  await fillTo(ctx, assistantId, passages, latencyChunks);
  await db.$client.unsafe("analyze");
  const questions = passages
    .flatMap((passage) => passage.questions)
    .slice(0, latencyQuestions * 4)
    .filter((_, index) => index % 4 === 0);
  for (const question of questions.slice(0, 30)) await search(ctx, assistantId, question);
  const times: number[] = [];
  for (const question of questions) {
    const startedAt = performance.now();
    await search(ctx, assistantId, question);
    times.push(performance.now() - startedAt);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => round(times[Math.floor(times.length * share)] ?? 0, 2);
  return [
    {
      name: "retrieval latency p50 at 10,000 chunks",
      value: at(0.5),
      unit: "ms",
      budget: "<= 20 ms",
      ok: at(0.5) <= 20,
    },
    {
      name: "retrieval latency p95 at 10,000 chunks",
      value: at(0.95),
      unit: "ms",
      budget: "<= 20 ms",
      ok: at(0.95) <= 20,
    },
  ];
}

// Every copy is shuffled by sentence, so that the base has the vocabulary of real text and no two equal passages.
async function fillTo(ctx: WorkspaceCtx, assistantId: string, passages: Passage[], chunks: number): Promise<void> {
  const perDocument = 250;
  let copy = 0;
  for (let made = 0; made < chunks; made += perDocument, copy += 1) {
    const sentences = passages.flatMap(({ text }) => text.split(/(?<=[.!?])\s+/));
    const text: string[] = [];
    let length = 0;
    for (let i = 0; length < perDocument * 760; i += 1) {
      const sentence = sentences[(i * 7919 + copy * 104_729) % sentences.length] ?? "";
      text.push(sentence);
      length += sentence.length + 1;
    }
    await givenDocument(ctx, { assistantId, name: `Volume ${copy}`, text: text.join(" ") });
  }
}

async function evaluate(
  passages: Passage[],
  rank: (question: string) => number[] | Promise<number[]>,
): Promise<Quality> {
  let [first, five, reciprocal, asked] = [0, 0, 0, 0];
  for (const [index, { questions }] of passages.entries()) {
    for (const question of questions) {
      const place = (await rank(question)).indexOf(index);
      asked += 1;
      if (place === 0) first += 1;
      if (place >= 0 && place < 5) five += 1;
      if (place >= 0) reciprocal += 1 / (place + 1);
    }
  }
  return { recall1: first / asked, recall5: five / asked, mrr: reciprocal / asked };
}

async function search(ctx: WorkspaceCtx, assistantId: string, query: string) {
  return searchKnowledge(ctx, { assistantId, query, limit: depth }, null);
}

function rankedDocuments(found: { documentId: string | null }[], indexOf: Map<string, number>): number[] {
  return [...new Set(found.flatMap(({ documentId }) => (documentId === null ? [] : [indexOf.get(documentId) ?? -1])))];
}

async function readPassages(language: string): Promise<Passage[]> {
  const file = await readFile(path.join(import.meta.dirname, "data", `xquad-${language}.json`), "utf8");
  const { documents }: { documents: { passages: { text: string; questions: { question: string }[] }[] }[] } =
    JSON.parse(file);
  return documents.flatMap(({ passages }) =>
    passages.map(({ text, questions }) => ({ text, questions: questions.map(({ question }) => question) })),
  );
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));
