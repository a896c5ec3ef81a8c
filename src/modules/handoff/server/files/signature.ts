import { open } from "node:fs/promises";

const SAMPLE_BYTES = 64 * 1024;

/** What the bytes of a file say it is. `sniffed` is undefined where they carry no signature. */
export async function readSignature(path: string): Promise<{ sniffed: string | undefined; isText: boolean }> {
  const [{ fileTypeFromFile }, { looksLikeText }] = await Promise.all([
    import("file-type"),
    import("@/modules/knowledge/server/extract/encoding"),
  ]);
  const found = await fileTypeFromFile(path);
  if (found) return { sniffed: found.mime, isText: false };
  const handle = await open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0);
    return { sniffed: undefined, isText: looksLikeText(buffer.subarray(0, bytesRead)) };
  } finally {
    await handle.close();
  }
}
