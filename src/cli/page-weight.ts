import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import * as z from "zod";

/** What a page may make a browser load before it can be used, gzip; 1 kB is 1,000 bytes. */
export const SCRIPT_BUDGET_KB = 200;

/** Pages that may need more, each with a ceiling of its own, so that they do not grow either. */
const EXCEPTIONS: Record<string, { atMostKb: number; why: string }> = {
  "/w/[workspace]/inbox/[[...view]]": {
    atMostKb: 210,
    why: "React and Next are 133 kB, tRPC with its cache, the texts and the shell 54; the list of dialogs with its keys is the rest.",
  },
};

const REFERENCES = "page_client-reference-manifest.js";
const buildManifest = z.object({ rootMainFiles: z.array(z.string()) });
const references = z.object({ entryJSFiles: z.record(z.string(), z.array(z.string())) });

type PageWeight = { page: string; kilobytes: number };

/** Why a page may need more than the budget; undefined for all that may not. */
export function whyHeavy(page: string): string | undefined {
  return EXCEPTIONS[page]?.why;
}

/** One line for each page of a finished build that loads more than it may. */
export async function overweightPages(root: string): Promise<string[]> {
  return (await pageWeights(root)).flatMap(({ page, kilobytes }) => {
    const atMostKb = EXCEPTIONS[page]?.atMostKb ?? SCRIPT_BUDGET_KB;
    return kilobytes <= atMostKb
      ? []
      : [`${page} loads ${kilobytes.toFixed(1)} kB of script at first, ${atMostKb} are its limit.`];
  });
}

/** The script that each page of a finished build loads at first, the heaviest first; read from what the build wrote about itself. */
async function pageWeights(root: string): Promise<PageWeight[]> {
  const built = path.join(root, ".next");
  const { rootMainFiles } = buildManifest.parse(
    JSON.parse(await readFile(path.join(built, "build-manifest.json"), "utf8")),
  );
  const sizes = new Map<string, Promise<number>>();
  const sizeOf = (file: string) => {
    const size = sizes.get(file) ?? gzipBytes(path.join(built, file));
    sizes.set(file, size);
    return size;
  };
  const app = path.join(built, "server", "app");
  const files = (await readdir(app, { recursive: true })).filter((file) => path.basename(file) === REFERENCES);
  const weights = files.map(async (file) => {
    const chunks = new Set([...rootMainFiles, ...(await chunksOf(path.join(app, file)))]);
    const bytes = await Promise.all([...chunks].map(sizeOf));
    return { page: `/${path.dirname(file)}`, kilobytes: bytes.reduce((sum, size) => sum + size, 0) / 1_000 };
  });
  return (await Promise.all(weights)).sort((one, other) => other.kilobytes - one.kilobytes);
}

// A script that assigns JSON to a property of a global: `globalThis.__RSC_MANIFEST["/w/page"] = {…};`
async function chunksOf(file: string): Promise<string[]> {
  const script = await readFile(file, "utf8");
  const json = script.slice(script.indexOf("= {", script.indexOf("__RSC_MANIFEST[")) + 2).replace(/;?\s*$/, "");
  const { entryJSFiles } = references.parse(JSON.parse(json));
  // The last page of all, when even the layout failed, is loaded by no other.
  const entries = Object.entries(entryJSFiles).filter(([entry]) => !entry.endsWith("/global-error"));
  return entries.flatMap(([, chunks]) => chunks);
}

const compress = promisify(gzip);
const gzipBytes = async (file: string) => (await compress(await readFile(file))).byteLength;
