import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { BenchRow } from "./row";

/** `tell` prints rows at once, for a bench that takes minutes; whatever it has not told is printed at the end. */
type Bench = { run: (args: readonly string[], tell: (rows: readonly BenchRow[]) => void) => Promise<BenchRow[]> };

const BENCHES: Record<string, () => Promise<Bench>> = {
  retrieval: () => import("./retrieval"),
  ingestion: () => import("./ingestion"),
  installation: () => import("./installation"),
  turn: () => import("./turn"),
  telegram: () => import("./telegram"),
  pages: () => import("./pages"),
  funds: () => import("./funds"),
  inbox: () => import("./inbox"),
  faults: () => import("./faults"),
};

// Rows that are told one by one stand below each other, too.
const NAME_WIDTH = 48;

// A number belongs to the bench before it: its size.
const words = process.argv.slice(2).filter((word) => !word.startsWith("-"));
const isSize = (word: string) => /^\d+$/.test(word);
const chosen = words.filter((word) => !isSize(word));
const sizeOf = (name: string) => [words[words.indexOf(name) + 1] ?? ""].filter(isSize);
// `--only=inbox,dialog` picks parts of a bench, for those that have parts.
const parts = process.argv.flatMap((word) => /^--only=(.+)$/.exec(word)?.[1]?.split(",") ?? []);
const unknown = chosen.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`No bench named ${unknown.join(", ")}. There are: ${Object.keys(BENCHES).join(", ")}.`);
  process.exit(1);
}

// Whatever a failed bench left running must not keep this process alive.
process.on("uncaughtException", (error) => {
  console.error(error);
  process.exit(1);
});

const results: Record<string, BenchRow[]> = {};
for (const [name, load] of Object.entries(BENCHES)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const { run } = await load();
  console.log(`\n${name}`);
  const told = new Set<BenchRow>();
  const tell = (rows: readonly BenchRow[]) => {
    for (const row of rows) told.add(row);
    print(rows);
  };
  results[name] = await run(chosen.includes(name) ? [...sizeOf(name), ...parts] : [], tell);
  print(results[name].filter((row) => !told.has(row)));
}
const dataDir = process.env.DATA_DIR ?? ".data";
await mkdir(dataDir, { recursive: true });
await writeFile(
  path.join(dataDir, "bench.json"),
  JSON.stringify({ measuredAt: new Date().toISOString(), results }, null, 2),
);
const broken = Object.values(results)
  .flat()
  .filter(({ isPromise, ok }) => isPromise && !ok);
if (broken.length > 0) console.error(`\nBroken: ${broken.map(({ name }) => name).join(", ")}.`);
process.exit(broken.length > 0 ? 1 : 0);

function print(rows: readonly BenchRow[]): void {
  const widest = Math.max(NAME_WIDTH, ...rows.map((row) => row.name.length));
  for (const row of rows) {
    const floor = row.floor === undefined ? "" : `floor ${figure(row.floor)}, ${figure(row.ratio ?? Number.NaN)}×`;
    const verdict = row.budget === undefined ? "" : `${row.ok ? "met" : "MISSED"} (${row.budget})`;
    console.log(
      `  ${row.name.padEnd(widest)}  ${`${figure(row.value)} ${row.unit}`.padStart(14)}  ${floor.padEnd(24)}  ${verdict}`,
    );
    if (row.ok === false && row.why) console.log(`    ${row.why}`);
  }
}

function figure(value: number): string {
  return Math.abs(value) >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toPrecision(3);
}
