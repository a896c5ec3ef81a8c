import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { zlibSync } from "fflate";
import { describe, expect, it } from "vitest";
import type { FileType } from "../../limits";
import { fixture, text } from "../fixtures/testing-files";
import { defaultLimits, type ExtractionLimits, readInThread } from "./run-thread";

const folder = await mkdtemp(path.join(tmpdir(), "thread-"));

async function run(
  type: FileType,
  bytes: Uint8Array,
  limits: Partial<ExtractionLimits> = {},
  signal = new AbortController().signal,
) {
  const file = path.join(folder, `${crypto.randomUUID()}.${type}`);
  await writeFile(file, bytes);
  return readInThread({ path: file, type, name: "file" }, () => undefined, signal, { ...defaultLimits, ...limits });
}

/** A valid PDF of a few hundred kilobytes whose page unpacks to hundreds of megabytes. */
function pdfBomb(megabytes: number): Uint8Array {
  const unit = text("BT /F1 12 Tf (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET\n");
  const body = Buffer.alloc(megabytes * 1024 * 1024, unit);
  const packed = Buffer.from(zlibSync(body, { level: 9 }));
  const head = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
4 0 obj<</Filter/FlateDecode/Length ${packed.length}>>stream
`;
  return Buffer.concat([text(head), packed, text("\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF")]);
}

describe("a file cannot take the process down", () => {
  it("ends a PDF that unpacks without end, within the memory limit", async () => {
    const before = process.memoryUsage.rss();
    await expect(run("pdf", pdfBomb(400), { heapMb: 128, totalMb: 256, timeoutMs: 60_000 })).rejects.toMatchObject({
      name: "ExtractionError",
    });
    expect(process.memoryUsage.rss() - before).toBeLessThan(1_200 * 1024 * 1024);
  }, 90_000);

  it("ends data nested deeper than any reader can follow", async () => {
    await expect(run("json", text("[".repeat(200_000) + "]".repeat(200_000)))).rejects.toMatchObject({
      name: "ExtractionError",
    });
    await expect(run("html", text("<div>".repeat(300_000)))).rejects.toMatchObject({ reason: "too-complex" });
  });

  it("ends at the deadline", async () => {
    await expect(run("pdf", await fixture("warranty-en.pdf"), { timeoutMs: 1 })).rejects.toMatchObject({
      reason: "timeout",
    });
  });

  it("ends at once when the worker stops", async () => {
    const stop = new AbortController();
    const reading = run("pdf", await fixture("warranty-en.pdf"), {}, stop.signal);
    stop.abort(new Error("stopping"));
    await expect(reading).rejects.toThrow("stopping");
  });

  it("reports each page", async () => {
    const file = path.join(folder, "pages.pdf");
    await writeFile(file, await fixture("delivery-ru.pdf"));
    const seen: string[] = [];
    await readInThread(
      { path: file, type: "pdf", name: "f" },
      (done, total) => seen.push(`${done}/${total}`),
      new AbortController().signal,
    );
    expect(seen).toEqual(["1/2", "2/2"]);
  });
});
