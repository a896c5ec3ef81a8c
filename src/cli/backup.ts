import path from "node:path";
import * as z from "zod";
import { writeBackup } from "@/server/backup/dump";
import { runCommand } from "./command";
import { openInstallation, readEnvironment } from "./environment";
import { databaseProblem, StartProblem } from "./problem";

await runCommand({
  name: "db:backup",
  summary: `Writes the database as of this moment into one file and reads it back to prove it. The product may run meanwhile.
Uploaded files and the secrets are not part of it: they lie in DATA_DIR.`,
  options: { out: { takes: "DIR", help: "the folder for the file (DATA_DIR/backups)" } },
  input: z.object({ out: z.string().min(1).optional() }),
  run: async ({ out }, lifecycle) => {
    const env = readEnvironment();
    const { databaseUrl } = await openInstallation(env, lifecycle);
    const dir = path.resolve(out ?? path.join(env.DATA_DIR, "backups"));
    const { file, header, totals } = await writeBackup(databaseUrl, dir, new Date()).catch((cause: unknown) => {
      throw problemOf(cause);
    });
    for (const [name, { rows }] of Object.entries(totals)) console.log(`${String(rows).padStart(10)}  ${name}`);
    console.log(`Backed up and verified: ${header.tables.length} tables, ${header.migrations.length} migrations.`);
    console.log(file);
    console.log("Keep DATA_DIR/uploads and ENCRYPTION_KEY with it: files and bot tokens cannot be read without them.");
  },
});

const FOLDER_CODES: Record<string, string> = {
  EACCES: "it cannot be written",
  EROFS: "it cannot be written",
  ENOTDIR: "it is a file",
  EEXIST: "a file of that name is there",
  ENOSPC: "the disk is full",
};

function problemOf(cause: unknown): unknown {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (code === "42P01" || code === "3F000")
    return new StartProblem("The database has no tables of this product yet.", { cause });
  const reason = FOLDER_CODES[code];
  if (reason) return new StartProblem(`The folder cannot be used: ${reason} (${code}).`, { cause });
  const sentence = databaseProblem(cause);
  return sentence ? new StartProblem(sentence, { cause }) : cause;
}
