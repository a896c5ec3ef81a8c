import { readFile } from "node:fs/promises";
import path from "node:path";
import type { RootDb } from "@/db/client";
import { knowledgeLimits } from "@/modules/knowledge/limits";
import { searchKnowledge } from "@/modules/knowledge/server/retrieval/search";
import { getDocument } from "@/modules/knowledge/server/service/documents";
import { givenAssistant, ingestNow, upload } from "@/modules/knowledge/testing";
import { givenWorkspace } from "@/modules/workspaces/testing";
import { withBenchDatabase } from "./database";
import { textPdf } from "./pdf";
import type { BenchRow } from "./row";

const pages = 100;
const linesPerPage = 48;
const budgetSeconds = 10;
const rounds = 3;

/** From an upload's first byte to a searchable document: a PDF of 100 full pages, without embeddings, median of three. */
export async function run(): Promise<BenchRow[]> {
  return withBenchDatabase(async (db) => {
    const { ctx } = await givenWorkspace(db);
    const assistantId = await givenAssistant(ctx);
    const seconds: number[] = [];
    let chunks = 0;
    for (let round = 0; round < rounds; round += 1) {
      const secret = `Vault number ${7_000_000 + round}.`;
      const bytes = textPdf([...(await bookPages()).slice(1), [secret]]);
      const startedAt = performance.now();
      const id = await upload(ctx, { assistantId, name: `Book ${round}.pdf`, bytes });
      await ingestNow(db, id);
      seconds.push((performance.now() - startedAt) / 1000);
      const document = await getDocument(ctx, id);
      const [found] = await searchKnowledge(ctx, { assistantId, query: secret, limit: 1 }, null);
      if (document.pageCount !== pages || found?.documentId !== id || found.page !== pages)
        throw new Error("The last page is not searchable.");
      chunks = document.chunkCount;
    }
    const median = seconds.sort((a, b) => a - b)[1] ?? 0;
    const value = Number(median.toFixed(2));
    return [
      {
        name: "ingestion of a 100-page PDF",
        value,
        unit: "s",
        budget: `<= ${budgetSeconds} s`,
        ok: value <= budgetSeconds,
      },
      { name: "ingestion of a 100-page PDF, passages", value: chunks, unit: "" },
      ...(await largestText(db)),
    ];
  });
}

/** The largest accepted text: how much memory its ingestion takes on top of what the process had, and how long it lasts. */
async function largestText(db: RootDb): Promise<BenchRow[]> {
  const { ctx } = await givenWorkspace(db);
  const assistantId = await givenAssistant(ctx);
  const id = await upload(ctx, { assistantId, name: "Largest.txt", bytes: await largestBytes() });
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
  const startedAt = performance.now();
  await ingestNow(db, id);
  clearInterval(watch);
  const { status, chunkCount } = await getDocument(ctx, id);
  if (status !== "ready") throw new Error(`The largest text is ${status}.`);
  const name = `ingestion of ${knowledgeLimits.fileBytes / 1024 ** 2} MB of text`;
  return [
    { name: `${name}, memory on top`, value: Math.round((most - before) / 1024 ** 2), unit: "MiB" },
    { name, value: Number(((performance.now() - startedAt) / 1000).toFixed(1)), unit: "s" },
    { name: `${name}, passages`, value: chunkCount, unit: "" },
  ];
}

async function largestBytes(): Promise<Buffer> {
  const page = (await bookPages()).map((lines) => lines.join(" ")).join("\n\n");
  return Buffer.alloc(knowledgeLimits.fileBytes, page);
}

async function bookPages(): Promise<string[][]> {
  const file = await readFile(path.join(import.meta.dirname, "data", "xquad-en.json"), "utf8");
  const { documents }: { documents: { passages: { text: string }[] }[] } = JSON.parse(file);
  const words = documents.flatMap(({ passages }) => passages.flatMap(({ text }) => text.split(/\s+/)));
  let at = 0;
  const line = () => {
    let text = "";
    while (text.length < 80) text += `${words[at++ % words.length]} `;
    return text.trim();
  };
  return Array.from({ length: pages }, () => Array.from({ length: linesPerPage }, line));
}
