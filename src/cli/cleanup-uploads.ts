import * as z from "zod";
import { runCommand } from "./command";
import { prepareInstallation, readEnvironment } from "./environment";

const DAY_MS = 86_400_000;

await runCommand({
  name: "uploads:cleanup",
  summary: "Finds stored files that nothing in the database names, and what broken-off uploads left behind.",
  options: {
    olderThan: { takes: "DAYS", help: "only files last written that many days ago or earlier (30)" },
    apply: { help: "removes them; without it they are only listed" },
  },
  input: z.object({
    olderThan: z.coerce.number("must be a whole number of days").int().min(1).max(36_500).default(30),
    apply: z.boolean().default(false),
  }),
  run: async ({ olderThan, apply }, lifecycle) => {
    await prepareInstallation(readEnvironment(), lifecycle);
    const [{ findAbandoned, looksLikeAnotherDatabase, removeAbandoned }, { commandCtx }] = await Promise.all([
      import("@/modules/knowledge/server/uploads/sweep"),
      import("./command-context"),
    ]);
    const ctx = commandCtx("uploads:cleanup", lifecycle);
    const sweep = await findAbandoned(ctx, new Date(Date.now() - olderThan * DAY_MS));
    for (const { place, key, sizeBytes, modifiedAt } of sweep.files)
      console.log(`${place.padEnd(7)}  ${key}  ${modifiedAt.toISOString()}  ${sizeBytes} bytes`);
    const total = `${sweep.files.length} files, ${sweep.sizeBytes} bytes`;
    if (apply) await removeAbandoned(ctx, sweep);
    else if (looksLikeAnotherDatabase(sweep))
      console.log(`The database knows few of the ${sweep.keptFiles} files. Is DATABASE_URL the right one?`);
    console.log(
      apply ? `Removed ${total}.` : `Would remove ${total}. Nothing was changed; add --apply to remove them.`,
    );
  },
});
