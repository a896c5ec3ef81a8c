import { existsSync } from "node:fs";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { citedPaths } from "./cited-paths";
import { run } from "./run";

type Outcome = { ok: boolean; output: string };
type Check = { name: string; run: () => Promise<Outcome> };

const tool = (name: string, command: string, ...args: string[]): Check => ({
  name,
  run: async () => {
    const { code, output } = await run(command, args);
    return { ok: code === 0, output };
  },
});

/** The two slow ones first: with two lanes they run side by side and the rest fills the gaps. */
const CHECKS: Check[] = [
  tool("linted", "eslint", "."),
  { name: "typed", run: typeCheck },
  tool("formatted", "prettier", "--check", "--log-level", "warn", "--cache", "."),
  tool("layered", "depcruise", "src", "e2e", "--output-type", "err-long"),
  tool("no dead code", "knip", "--no-progress"),
  tool("messages in step", "vitest", "run", "--project", "unit", "src/i18n/messages.test.ts"),
  { name: "migrations match the schema", run: migrationsInStep },
  { name: "cited paths exist", run: citedPathsExist },
];

const LANES = 2;

/** Runs every check, prints only what failed, and says how many did. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  const waiting = [...CHECKS];
  let passed = 0;
  let failed = 0;
  const lane = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const startedAt = performance.now();
      const { ok, output } = await check.run();
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      if (ok) passed += 1;
      else failed += 1;
      console.log(`${ok ? "✓" : "✗"} ${check.name} (${seconds} s)`);
      if (!ok) console.log(output.trim());
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return { passed, failed };
}

async function typeCheck(): Promise<Outcome> {
  // Route types and next-env.d.ts are generated, and a fresh clone has neither.
  const types = await run("next", ["typegen"], { env: { NEXT_TELEMETRY_DISABLED: "1" } });
  if (types.code !== 0) return { ok: false, output: types.output };
  const { code, output } = await run("tsc", ["--noEmit", "--pretty", "false"]);
  return { ok: code === 0, output };
}

async function migrationsInStep(): Promise<Outcome> {
  const scratch = path.resolve("node_modules", ".cache", "drizzle-check");
  await rm(scratch, { recursive: true, force: true });
  await cp("drizzle", path.join(scratch, "drizzle"), { recursive: true });
  const config = path.join(scratch, "drizzle.config.ts");
  const out = JSON.stringify(path.relative(process.cwd(), path.join(scratch, "drizzle")));
  await writeFile(config, `import base from "../../../drizzle.config";\nexport default { ...base, out: ${out} };\n`);
  const before = await sqlFiles("drizzle");
  const { code, output } = await run("drizzle-kit", ["generate", "--config", config], { timeoutMs: 60_000 });
  const added = (await sqlFiles(path.join(scratch, "drizzle"))).filter((file) => !before.includes(file));
  if (code === 0 && added.length === 0) return { ok: true, output };
  const hint = "The tables say more than the migrations do: run `npm run db:generate -- --name <what-it-does>`.";
  const sql = await Promise.all(added.map((file) => readFile(path.join(scratch, "drizzle", file), "utf8")));
  return { ok: false, output: [hint, ...(code === 0 ? sql : [output])].join("\n") };
}

const sqlFiles = async (folder: string) => (await readdir(folder)).filter((file) => file.endsWith(".sql"));

async function citedPathsExist(): Promise<Outcome> {
  const tracked = await run("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"]);
  const files = tracked.output.split("\n").filter((file) => file !== "" && existsSync(file));
  const missing: string[] = [];
  for (const file of files) {
    for (const cited of citedPaths(await readFile(file, "utf8"))) {
      const isThere = existsSync(cited) || existsSync(path.join(path.dirname(file), cited));
      if (!isThere) missing.push(`${file} cites ${cited}, which does not exist`);
    }
  }
  return { ok: missing.length === 0, output: missing.join("\n") };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { failed } = await runChecks();
  process.exitCode = failed === 0 ? 0 : 1;
}
