import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { overweightPages } from "./page-weight";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "chatai-weight-"));
  await write("build-manifest.json", JSON.stringify({ rootMainFiles: ["static/main.js"] }));
  await write("static/main.js", randomBytes(120_000));
});
afterEach(() => rm(root, { recursive: true }));

async function write(file: string, content: string | Buffer): Promise<void> {
  const target = path.join(root, ".next", file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, content);
}

/** A page as Next describes it, with the layout that it shares. */
async function givenPage(page: string, chunkBytes: number): Promise<void> {
  const chunk = `static/${page}.js`;
  await write(chunk, randomBytes(chunkBytes));
  const entryJSFiles = {
    "[project]/src/app/layout": ["static/main.js"],
    "[project]/src/app/global-error": ["static/never-loaded.js"],
    [`[project]/src/app/${page}/page`]: ["static/main.js", chunk],
  };
  const script = `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {};\nglobalThis.__RSC_MANIFEST["/${page}/page"] = ${JSON.stringify({ entryJSFiles })};\n`;
  await write(`server/app/${page}/page_client-reference-manifest.js`, script);
}

describe("the script that a page loads at first", () => {
  it("may fill the budget, what it shares with other pages counted once", async () => {
    await givenPage("team", 79_000);
    expect(await overweightPages(root)).toEqual([]);
  });

  it("fails the build beyond it, by the name of the page", async () => {
    await givenPage("team", 79_000);
    await givenPage("balance", 90_000);
    expect(await overweightPages(root)).toEqual([
      expect.stringMatching(/^\/balance loads 210\.\d kB of script at first, 200 are its limit\.$/),
    ]);
  });
});
