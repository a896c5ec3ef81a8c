import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { runChecks } from "./check";
import { overweightPages } from "./page-weight";
import { provideChromium, provideRedis } from "./provision";
import { run } from "./run";

type Count = { passed: number; failed: number };
type Phase = { name: string; run: () => Promise<Count> };

const results = path.resolve(process.env.DATA_DIR ?? ".data", "test-results");
const FAILED: Count = { passed: 0, failed: 1 };
let isBuilt = true;

const PHASES: Phase[] = [
  { name: "check", run: runChecks },
  { name: "unit", run: () => withRedis((env) => vitest("unit", [], env)) },
  { name: "build", run: build },
  { name: "e2e", run: journeys },
  { name: "start", run: () => afterBuild(() => vitest("start", ["--config", "e2e/start/vitest.config.ts"], {})) },
];

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));

const { values } = parseArgs({ options: { only: { type: "string" } } });
const wanted = values.only?.split(",") ?? PHASES.map((phase) => phase.name);
const unknown = wanted.filter((name) => !PHASES.some((phase) => phase.name === name));
if (unknown.length > 0) {
  console.error(`No phase ${unknown.join(", ")}. There are ${PHASES.map((phase) => phase.name).join(", ")}.`);
  process.exit(1);
}

const total: Count = { passed: 0, failed: 0 };
const summary: string[] = [];
await rm(results, { recursive: true, force: true });
await mkdir(results, { recursive: true });
for (const phase of PHASES.filter(({ name }) => wanted.includes(name))) {
  console.log(`\n── ${phase.name} ──`);
  const startedAt = performance.now();
  const { passed, failed } = await phase.run();
  total.passed += passed;
  total.failed += failed;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  summary.push(
    `${phase.name.padEnd(6)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds.padStart(5)} s`,
  );
}
console.log(`\n${summary.join("\n")}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

async function withRedis(work: (env: Record<string, string>) => Promise<Count>): Promise<Count> {
  const redis = await provideRedis();
  if (!redis) console.log("Redis cannot be had on this machine; the tests of its limits are left out.");
  try {
    return await work(redis ? { REDIS_URL: redis.url } : {});
  } finally {
    redis?.stop();
  }
}

async function vitest(name: string, args: string[], env: Record<string, string>): Promise<Count> {
  const report = path.join(results, `${name}.json`);
  const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await run("vitest", ["run", ...reporters, ...args], {
    env: { ...env, NODE_ENV: "test" },
    show: true,
  });
  const schema = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
  const parsed = await readReport(report, schema);
  return parsed ? atLeastOneFailure(code, parsed.numPassedTests, parsed.numFailedTests) : FAILED;
}

async function build(): Promise<Count> {
  const { code, output } = await run("npm", ["run", "build"]);
  isBuilt = code === 0;
  if (!isBuilt) {
    console.log(output);
    return FAILED;
  }
  const heavy = await overweightPages(process.cwd());
  for (const line of heavy) console.log(line);
  return { passed: heavy.length === 0 ? 2 : 1, failed: heavy.length };
}

async function afterBuild(work: () => Promise<Count>): Promise<Count> {
  if (isBuilt) return work();
  console.log("Not run: there is no build.");
  return FAILED;
}

function journeys(): Promise<Count> {
  return afterBuild(async () => {
    if (!(await provideChromium())) {
      console.log("No Chromium on this machine and none can be installed.");
      return FAILED;
    }
    const { code } = await run("playwright", ["test", "--config", "e2e/playwright.config.ts"], { show: true });
    const report = path.resolve(process.env.DATA_DIR ?? ".data", "e2e", "report.json");
    const schema = z.object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }) });
    const parsed = await readReport(report, schema);
    if (!parsed) return FAILED;
    const { expected, unexpected, flaky } = parsed.stats;
    return atLeastOneFailure(code, expected + flaky, unexpected);
  });
}

/** A file that does not even load, or a set-up that fails, is in no count of tests; the exit code knows. */
function atLeastOneFailure(code: number, passed: number, failed: number): Count {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

async function readReport<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  const text = await readFile(file, "utf8").catch(() => null);
  return text === null ? null : schema.parse(JSON.parse(text));
}
