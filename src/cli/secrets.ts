import { randomBytes } from "node:crypto";
import { access, constants, link, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import { StartProblem } from "./problem";

const secretsSchema = z.object({ AUTH_SECRET: z.string(), ENCRYPTION_KEY: z.string(), DEMO_PASSWORD: z.string() });

export type Secrets = z.infer<typeof secretsSchema>;

/** Makes DATA_DIR and proves that files can be written there. */
export async function ensureDataDir(dataDir: string): Promise<void> {
  try {
    await makeDir(path.resolve(dataDir));
    await access(dataDir, constants.W_OK | constants.X_OK);
    const probe = path.join(dataDir, `.probe-${process.pid}`);
    await writeFile(probe, "");
    await rm(probe);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
    throw new StartProblem(`DATA_DIR cannot be written (${code}).`, { cause });
  }
}

// Node's own recursive mkdir never returns where a file system answers ENOENT for good, as /proc does.
async function makeDir(dir: string): Promise<void> {
  try {
    await mkdir(dir);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || (await stat(path.dirname(dir)).catch(() => null))) throw cause;
    await makeDir(path.dirname(dir));
    await mkdir(dir);
  }
}

/** The secrets of this installation, made at the first call. Several first calls at once agree on one set. */
export async function readOrCreateSecrets(dataDir: string): Promise<Secrets> {
  const file = path.join(dataDir, "secrets.json");
  const existing = await readFile(file, "utf8").catch(() => null);
  if (existing === null) {
    const fresh: Secrets = {
      AUTH_SECRET: randomBytes(32).toString("base64url"),
      ENCRYPTION_KEY: randomBytes(32).toString("base64url"),
      DEMO_PASSWORD: `demo-${randomBytes(4).toString("hex")}-1a`,
    };
    const aside = `${file}.${randomBytes(4).toString("hex")}`;
    await writeFile(aside, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600 });
    // A link fails when the name is taken, so the first writer wins and nobody reads half a file.
    await link(aside, file).catch(() => {});
    await rm(aside);
  }
  const parsed = secretsSchema.safeParse(JSON.parse(await readFile(file, "utf8")));
  if (!parsed.success) throw new StartProblem(`${file} is damaged. Restore it from a backup.`);
  return parsed.data;
}
