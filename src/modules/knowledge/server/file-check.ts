import { open } from "node:fs/promises";
import { FILE_TYPES, type FileType, knowledgeLimits, type UploadRefusal } from "../limits";

export type CheckedFile = { ok: true; type: FileType; name: string } | { ok: false; reason: UploadRefusal };

const EXTENSIONS: Record<string, FileType> = {
  pdf: "pdf",
  docx: "docx",
  txt: "txt",
  text: "txt",
  md: "md",
  markdown: "md",
  html: "html",
  htm: "html",
  csv: "csv",
  tsv: "csv",
  xlsx: "xlsx",
  json: "json",
  jsonl: "json",
  ndjson: "json",
};

const MISMATCH: Record<FileType, UploadRefusal> = {
  pdf: "not-a-pdf",
  docx: "not-a-docx",
  xlsx: "not-an-xlsx",
  txt: "not-text",
  md: "not-text",
  html: "not-text",
  csv: "not-text",
  json: "not-text",
};

// Readers look for the end mark this far from the end, because mailers and servers append bytes.
const sampleBytes = 64 * 1024;
const maxNameChars = 200;

/** Decides whether a received file may become a document: its extension, signature and content must agree. */
export async function checkFile(name: string, file: { path: string; sizeBytes: number }): Promise<CheckedFile> {
  const refuse = (reason: UploadRefusal): CheckedFile => ({ ok: false, reason });
  const named = typeByName(name);
  if (!named.ok) return named;
  if (file.sizeBytes > knowledgeLimits.fileBytes) return refuse("too-large");
  const sample = await readSample(file);
  if (isBlank(sample.head)) return refuse("empty");
  if (isExecutable(sample.head)) return refuse("executable");
  const reason = await findMismatch(named.type, sample);
  return reason === null ? { ok: true, type: named.type, name: displayName(name) } : refuse(reason);
}

/** The first half of the check, for which the name is enough: a refusal before anything is received. */
export function typeByName(name: string): { ok: true; type: FileType } | { ok: false; reason: UploadRefusal } {
  const extension = /\.([^.]+)$/.exec(name.trim())?.[1]?.toLowerCase() ?? "";
  if (extension === "doc") return { ok: false, reason: "legacy-doc" };
  const type = Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
  return type === undefined ? { ok: false, reason: "unsupported-type" } : { ok: true, type };
}

/** The name as the person typed it: without folders and control characters, Russian letters and spaces untouched. */
export function displayName(name: string, maxChars = maxNameChars): string {
  const base =
    name
      .toWellFormed()
      .normalize("NFC")
      .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, "")
      .split(/[/\\]/)
      .at(-1)
      ?.trim() ?? "";
  const extension = /\.[^.]{1,10}$/.exec(base)?.[0] ?? "";
  if (base.length <= maxChars) return base;
  // The first half of a character alone is none.
  return base.slice(0, maxChars - extension.length).replace(/[\ud800-\udbff]$/, "") + extension;
}

/** The type that a stored document was accepted as. */
export function fileTypeOf(mimeType: string): FileType | undefined {
  return Object.values(EXTENSIONS).find((type) => FILE_TYPES[type] === mimeType);
}

/** The ends of a file, which is all that signatures need. */
type Sample = {
  path: string;
  head: Uint8Array;
  tail: Uint8Array;
  read: (position: number, length: number) => Promise<Uint8Array>;
};

async function readSample(file: { path: string; sizeBytes: number }): Promise<Sample> {
  const read = async (position: number, length: number) => {
    const handle = await open(file.path, "r");
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, Math.max(0, position));
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  };
  return {
    path: file.path,
    read,
    head: await read(0, sampleBytes),
    tail: await read(file.sizeBytes - sampleBytes, sampleBytes),
  };
}

async function findMismatch(type: FileType, sample: Sample): Promise<UploadRefusal | null> {
  if (type === "pdf") return checkPdf(sample);
  if (type === "docx" || type === "xlsx") return checkOffice(type, sample);
  const [{ fileTypeFromBuffer }, { looksLikeText }] = await Promise.all([
    import("file-type"),
    import("./extract/encoding"),
  ]);
  const sniffed = await fileTypeFromBuffer(sample.head);
  const isTextual = sniffed === undefined || sniffed.mime.startsWith("text/") || sniffed.mime === "application/xml";
  return isTextual && looksLikeText(sample.head) ? null : MISMATCH[type];
}

function checkPdf({ head, tail }: Sample): UploadRefusal | null {
  if (!latin1(head.subarray(0, 1024)).includes("%PDF-")) return "not-a-pdf";
  return latin1(tail).includes("%%EOF") ? null : "truncated";
}

async function checkOffice(type: "docx" | "xlsx", sample: Sample): Promise<UploadRefusal | null> {
  if (hasSignature(sample.head, [0xd0, 0xcf, 0x11, 0xe0]))
    return (await hasEncryptedPackage(sample)) ? "encrypted" : MISMATCH[type];
  if (!hasSignature(sample.head, [0x50, 0x4b])) return MISMATCH[type];
  const { officeTypeOf } = await import("./extract/zip-guard");
  const found = await officeTypeOf(sample.path);
  if (found === "bomb") return "zip-bomb";
  if (found === type) return null;
  const isCut = found === null && !latin1(sample.tail).includes("PK\u0005\u0006");
  return isCut ? "truncated" : MISMATCH[type];
}

// A password turns an Office file into a compound file whose directory, found through its header, has this entry.
async function hasEncryptedPackage({ head, read }: Sample): Promise<boolean> {
  if (head.length < 512) return false;
  const header = new DataView(head.buffer, head.byteOffset, 512);
  const sectorBytes = 2 ** Math.min(12, header.getUint16(30, true));
  const directory = await read((header.getUint32(48, true) + 1) * sectorBytes, 4 * 4096);
  return Buffer.from(directory).includes(Buffer.from("EncryptedPackage", "utf16le"));
}

function isExecutable(head: Uint8Array): boolean {
  const isWindows = hasSignature(head, [0x4d, 0x5a]) && head.subarray(0, 1024).includes(0);
  const isElf = hasSignature(head, [0x7f, 0x45, 0x4c, 0x46]);
  const isMach = [0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe].includes(readUint32(head));
  return isWindows || isElf || isMach;
}

// A byte order mark and white space are no content.
function isBlank(head: Uint8Array): boolean {
  const blank = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0x00, 0xef, 0xbb, 0xbf, 0xfe, 0xff]);
  return head.length < sampleBytes && head.every((byte) => blank.has(byte));
}

const hasSignature = (bytes: Uint8Array, signature: number[]) =>
  signature.every((byte, index) => bytes[index] === byte);
const readUint32 = (bytes: Uint8Array) =>
  bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
