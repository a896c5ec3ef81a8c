import { parseArgs } from "node:util";
import type * as z from "zod";
import { type Lifecycle, runUntilStopped } from "./lifecycle";
import { StartProblem } from "./problem";

export type Command<S extends z.ZodObject> = {
  /** As in package.json, such as `users:cleanup`. */
  name: string;
  summary: string;
  /** One line per option for `--help`: how it is written, and what it means. */
  options: Record<keyof z.infer<S> & string, { takes?: string; help: string }>;
  /** The options as they are used; keys are camelCase of what is typed. */
  input: S;
  run: (input: z.infer<S>, lifecycle: Lifecycle) => Promise<void>;
};

/** Runs a command of the terminal: `--help`, one line for an option that makes no sense, exit code 1 for any failure. */
export async function runCommand<S extends z.ZodObject>(command: Command<S>): Promise<never> {
  // What a command prints is its result; the product's log lines would stand between.
  process.env.LOG_LEVEL ??= "warn";
  return runUntilStopped(async (lifecycle) => {
    const input = parseCommandLine(command, process.argv.slice(2));
    if (input === "help") console.log(usageOf(command));
    else await command.run(input, lifecycle);
  });
}

/** What was typed as the command's input, or "help". Throws `StartProblem` with one line for the person. */
export function parseCommandLine<S extends z.ZodObject>(command: Command<S>, args: string[]): z.infer<S> | "help" {
  const given = readOptions(command, args);
  if (given.help === true) return "help";
  const byKey = Object.fromEntries(Object.keys(command.options).map((key) => [key, given[kebab(key)]]));
  const parsed = command.input.safeParse(byKey);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const option = `--${kebab(String(issue?.path[0] ?? ""))}`;
  const isMissing = byKey[String(issue?.path[0])] === undefined;
  throw misuse(command, isMissing ? `${option} is missing.` : `${option} is not usable: ${issue?.message}.`);
}

/** The text of `--help`. */
export function usageOf<S extends z.ZodObject>({ name, summary, options }: Command<S>): string {
  const lines = Object.entries(options).map(([key, { takes, help }]): [string, string] => [
    `--${kebab(key)}${takes ? ` ${takes}` : ""}`,
    help,
  ]);
  const width = Math.max(0, ...lines.map(([written]) => written.length));
  const listed = lines.map(([written, help]) => `  ${written.padEnd(width)}  ${help}`);
  const hasOptions = lines.length > 0;
  return [
    `npm run ${name}${hasOptions ? " -- [options]" : ""}`,
    "",
    summary,
    ...(hasOptions ? ["", ...listed] : []),
  ].join("\n");
}

function readOptions<S extends z.ZodObject>(
  command: Command<S>,
  args: string[],
): Record<string, string | boolean | undefined> {
  const known = Object.entries<{ takes?: string }>(command.options).map(([key, { takes }]) => [
    kebab(key),
    { type: takes ? ("string" as const) : ("boolean" as const) },
  ]);
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...Object.fromEntries(known), help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
    const [stray] = positionals;
    // npm keeps options for itself that stand before the two dashes, and passes only their values on.
    if (stray !== undefined) throw misuse(command, `"${stray}" belongs to no option. Options stand after two dashes.`);
    return Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, Array.isArray(value) ? undefined : value]),
    );
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    const isOurs = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    if (!isOurs) throw error;
    throw misuse(command, `${error.message.split(". ")[0]?.replace(/\.$/, "")}.`);
  }
}

function misuse({ name }: { name: string }, sentence: string): StartProblem {
  return new StartProblem(`${sentence} Try: npm run ${name} -- --help`);
}

const kebab = (key: string) => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
