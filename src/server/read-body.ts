import type { IncomingMessage } from "node:http";
import { type Drain, drain, drainRequest, type Rest, restOf } from "@/server/drain";

// Small bodies only: whoever sends far more is cut off instead of being read to the end.
const PATIENCE: Drain = { maxBytes: 2 * 1024 * 1024, patienceMs: 2_000, lingerMs: 3_000 };

/** The body of a request as bytes; null when it is longer than `maxBytes`, whatever its headers promised. */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) {
    await drainRequest(request, PATIENCE);
    return null;
  }
  return request.body ? readAll(restOf(request.body.getReader()), maxBytes) : new Uint8Array();
}

/** The same for a request as Node has it. What is not read of a long one goes with the connection, which the caller closes. */
export async function readIncoming(request: IncomingMessage, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: AsyncIterator<Uint8Array> = request[Symbol.asyncIterator]();
  const rest: Rest = { next: () => chunks.next(), cancel: () => Promise.resolve() };
  if (Number(request.headers["content-length"] ?? 0) <= maxBytes) return readAll(rest, maxBytes);
  await drain(rest, PATIENCE);
  return null;
}

async function readAll(rest: Rest, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await rest.next();
    if (done || !value) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > maxBytes) {
      await drain(rest, PATIENCE);
      return null;
    }
    chunks.push(value);
  }
}
