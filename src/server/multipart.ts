import { AppError } from "@/lib/errors";
import { drain, restOf } from "@/server/drain";

/** A field of a form. `body` must be read to its end before the next part is asked for. */
export type FormPart = { name: string; fileName: string | null; body: AsyncIterable<Uint8Array> };

const maxHeaderBytes = 8 * 1024;

/**
 * Reads a multipart/form-data request part by part without holding a file in memory (RFC 7578). A reader that stops midway
 * has the rest drained, so that its sender gets an answer.
 * Refuses: UNSUPPORTED_FILE for another content type, VALIDATION for a form that ends early or makes no sense.
 */
export async function* readMultipart(request: Request): AsyncGenerator<FormPart> {
  const boundary = boundaryOf(request.headers.get("content-type") ?? "");
  if (request.body === null) throw malformed();
  const source = restOf(request.body.getReader());
  const reader = new PartReader(source, Buffer.from(`\r\n--${boundary}`, "latin1"));
  try {
    await skip(reader.untilDelimiter());
    while (await reader.hasNextPart()) {
      const part = { ...readHeader(await reader.header()), body: reader.untilDelimiter() };
      yield part;
      await skip(part.body);
    }
  } finally {
    await drain(source);
  }
}

/** A short text field's value. Refuses VALIDATION when it is longer than `maxBytes`. */
export async function readField(part: FormPart, maxBytes = 1_000): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of part.body) {
    size += chunk.length;
    if (size > maxBytes) throw malformed();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function boundaryOf(contentType: string): string {
  const match = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) {
    throw new AppError("UNSUPPORTED_FILE", "Send the file as multipart/form-data.", {
      facts: { reason: "unsupported-type" },
    });
  }
  return boundary;
}

function readHeader(header: string): { name: string; fileName: string | null } {
  const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(header)?.[1];
  const name = /[;\s]name="([^"]*)"/i.exec(` ${disposition ?? ""}`)?.[1];
  if (disposition === undefined || name === undefined) throw malformed();
  const extended = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition)?.[1];
  const plain = /filename="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1];
  if (extended !== undefined) return { name, fileName: decodePercent(extended) };
  // Browsers write these three characters of a file name as percent codes and leave the rest alone.
  return { name, fileName: plain?.replace(/%22/g, '"').replace(/%0D|%0A/gi, "") ?? null };
}

function decodePercent(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

class PartReader {
  // The first boundary has no line break before it; this one lets a single delimiter fit all.
  private buffer: Buffer = Buffer.from("\r\n");

  constructor(
    private readonly source: { next: () => Promise<{ done?: boolean; value?: Uint8Array }> },
    private readonly delimiter: Buffer,
  ) {}

  async *untilDelimiter(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const end = this.buffer.indexOf(this.delimiter);
      if (end >= 0) {
        const last = this.buffer.subarray(0, end);
        this.buffer = this.buffer.subarray(end + this.delimiter.length);
        if (last.length > 0) yield last;
        return;
      }
      const safe = Math.max(0, this.buffer.length - this.delimiter.length);
      const ready = this.buffer.subarray(0, safe);
      this.buffer = this.buffer.subarray(safe);
      if (ready.length > 0) yield ready;
      await this.fill();
    }
  }

  async hasNextPart(): Promise<boolean> {
    while (this.buffer.length < 2) await this.fill();
    const mark = this.buffer.subarray(0, 2).toString("latin1");
    if (mark === "--") return false;
    if (mark !== "\r\n") throw malformed();
    return true;
  }

  async header(): Promise<string> {
    for (;;) {
      const end = this.buffer.indexOf("\r\n\r\n");
      if (end >= 0) {
        const header = this.buffer.subarray(2, end).toString("utf8");
        this.buffer = this.buffer.subarray(end + 4);
        return header;
      }
      if (this.buffer.length > maxHeaderBytes) throw malformed();
      await this.fill();
    }
  }

  private async fill(): Promise<void> {
    const next = await this.source.next();
    if (next.done || next.value === undefined) throw malformed();
    this.buffer = Buffer.concat([this.buffer, next.value]);
  }
}

async function skip(body: AsyncIterable<Uint8Array>): Promise<void> {
  const iterator = body[Symbol.asyncIterator]();
  while (!(await iterator.next()).done);
}

const malformed = () => new AppError("VALIDATION", "The form could not be read.");
