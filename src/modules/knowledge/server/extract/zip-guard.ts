import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from "yauzl";
import { ExtractionError } from "./document";

export type OfficeType = "docx" | "xlsx";

// A real document of 25 MB holds mostly images, which barely shrink; its XML seldom shrinks more than 30 times.
const limits = {
  entries: 10_000,
  totalBytes: 300 * 1024 * 1024,
  xmlBytes: 120 * 1024 * 1024,
  ratio: 150,
  ratioFreeBytes: 8 * 1024 * 1024,
};
const MAIN_PART: Record<OfficeType, RegExp> = { docx: /^word\/document\d*\.xml$/, xlsx: /^xl\/workbook\d*\.xml$/ };

/** Which Office document a zip is, judged by its directory alone: nothing is inflated. Null when neither or unreadable. */
export async function officeTypeOf(path: string): Promise<OfficeType | "bomb" | null> {
  try {
    const zip = await openPromise(path, { lazyEntries: true, autoClose: true });
    const entries = await collect(zip);
    if (isBomb(entries)) return "bomb";
    const names = entries.map((entry) => entry.fileName);
    if (!names.includes("[Content_Types].xml")) return null;
    return names.some((name) => MAIN_PART.docx.test(name))
      ? "docx"
      : names.some((name) => MAIN_PART.xlsx.test(name))
        ? "xlsx"
        : null;
  } catch {
    // A directory that cannot be read is no Office document, whatever the reason.
    return null;
  }
}

/**
 * Refuses a zip bomb before a parser sees it: first by the sizes that the directory declares, then by inflating
 * the XML parts into nothing with a running count, because a directory may lie.
 */
export async function checkZip(bytes: Uint8Array, type: OfficeType): Promise<void> {
  const zip = await openZip(bytes).catch((error: unknown) => {
    throw new ExtractionError("damaged", { cause: error });
  });
  const entries = await collect(zip).catch((error: unknown) => {
    throw new ExtractionError("damaged", { cause: error });
  });
  if (isBomb(entries)) throw new ExtractionError("zip-bomb");
  if (entries.some((entry) => entry.isEncrypted())) throw new ExtractionError("encrypted");
  if (!entries.some((entry) => MAIN_PART[type].test(entry.fileName))) throw new ExtractionError("damaged");
  for (const entry of entries.filter(isXml)) await countInflated(zip, entry);
}

function isBomb(entries: Entry[]): boolean {
  const total = sum(entries, (entry) => entry.uncompressedSize);
  const packed = sum(entries, (entry) => entry.compressedSize);
  const xml = sum(entries.filter(isXml), (entry) => entry.uncompressedSize);
  if (entries.length > limits.entries || total > limits.totalBytes || xml > limits.xmlBytes) return true;
  return total > limits.ratioFreeBytes && total / Math.max(1, packed) > limits.ratio;
}

async function countInflated(zip: ZipFile, entry: Entry): Promise<void> {
  let seen = 0;
  const counter = new Writable({
    write(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      done(seen > entry.uncompressedSize ? new ExtractionError("zip-bomb") : null);
    },
  });
  try {
    await pipeline(await zip.openReadStreamPromise(entry), counter);
  } catch (error) {
    if (error instanceof ExtractionError) throw error;
    const isLyingDirectory = error instanceof Error && /too many bytes/.test(error.message);
    throw new ExtractionError(isLyingDirectory ? "zip-bomb" : "damaged", { cause: error });
  }
}

const isXml = (entry: Entry) => /\.(?:xml|rels|vml)$/i.test(entry.fileName);
const sum = (entries: Entry[], size: (entry: Entry) => number) =>
  entries.reduce((total, entry) => total + size(entry), 0);

function openZip(bytes: Uint8Array): Promise<ZipFile> {
  return fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    lazyEntries: true,
    autoClose: false,
  });
}

async function collect(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    entries.push(entry);
    if (entries.length > limits.entries) break;
  }
  return entries;
}
