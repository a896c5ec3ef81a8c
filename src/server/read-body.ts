import { type Drain, drain, drainRequest, restOf } from "@/server/drain";

// Small bodies only: whoever sends far more is cut off instead of being read to the end.
const PATIENCE: Drain = { maxBytes: 2 * 1024 * 1024, patienceMs: 2_000, lingerMs: 3_000 };

/** The body of a request as bytes; null when it is longer than `maxBytes`, whatever its headers promised. */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) {
    await drainRequest(request, PATIENCE);
    return null;
  }
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > maxBytes) {
      await drain(restOf(reader), PATIENCE);
      return null;
    }
    chunks.push(value);
  }
}
