import { existsSync, statSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { BackupDamagedError } from "@/server/backup/format";
import { createMissingDatabase, RestoreRefusedError, restoreBackup } from "@/server/backup/restore";
import { runCommand } from "./command";
import { openInstallation, readEnvironment } from "./environment";
import type { Lifecycle } from "./lifecycle";
import { databaseProblem, StartProblem } from "./problem";

await runCommand({
  name: "db:restore",
  summary: `Restores a backup into an empty database, compares every count, and brings it to this version.
A database that does not exist is created; one that has tables is refused.`,
  options: {
    file: { takes: "FILE", help: "a file that db:backup wrote" },
    into: { takes: "URL", help: "postgres://… of the empty database (this installation's own, while it is empty)" },
    withoutJobs: { help: "leaves waiting work behind, such as letters, for a copy beside a living original" },
  },
  input: z.object({
    file: z.string().min(1),
    into: z
      .string()
      .regex(/^postgres(ql)?:\/\//, "it must start with postgres://")
      .optional(),
    withoutJobs: z.boolean().default(false),
  }),
  run: async ({ file, into, withoutJobs }, lifecycle) => {
    const source = path.resolve(file);
    if (!existsSync(source) || !statSync(source).isFile()) throw new StartProblem("The backup file does not exist.");
    const url = into ?? (await ownDatabase(lifecycle));
    try {
      const isNew = await createMissingDatabase(url);
      const { header, totals } = await restoreBackup(source, url, { withJobs: !withoutJobs });
      for (const [name, { rows }] of Object.entries(totals)) console.log(`${String(rows).padStart(10)}  ${name}`);
      console.log(
        `Restored the backup of ${header.createdAt}${isNew ? " into a new database" : ""}; every count is equal.`,
      );
    } catch (cause) {
      throw problemOf(cause);
    }
  },
});

async function ownDatabase(lifecycle: Lifecycle): Promise<string> {
  return (await openInstallation(readEnvironment(), lifecycle)).databaseUrl;
}

function problemOf(cause: unknown): unknown {
  if (cause instanceof BackupDamagedError)
    return new StartProblem(`The backup cannot be used. ${cause.message}.`, { cause });
  if (cause instanceof RestoreRefusedError) return new StartProblem(`${cause.message}.`, { cause });
  const sentence = databaseProblem(cause);
  return sentence ? new StartProblem(sentence.replace("DATABASE_URL", "The database"), { cause }) : cause;
}
