import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";

export type Heard = { model: string; name: string; type: string; bytes: Uint8Array };

const SUPPORTED = /\.(?:flac|mp3|mp4|mpeg|mpga|m4a|ogg|oga|wav|webm)$/i;
const MAX_BYTES = 25 * 1024 * 1024;

/** Reads a call of `/audio/transcriptions`, or tells what is wrong with it as the real server does. */
export async function readRecording(request: IncomingMessage): Promise<Heard | { refusal: string }> {
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) return { refusal: "Send multipart/form-data." };
  const body = Readable.toWeb(request) as ReadableStream<Uint8Array>;
  const form = await new Response(body, { headers: { "content-type": type } }).formData();
  const [model, file] = [form.get("model"), form.get("file")];
  if (typeof model !== "string" || model === "") return { refusal: "you must provide a model parameter" };
  if (!(file instanceof File) || file.size === 0) return { refusal: "The audio file could not be decoded." };
  if (file.size > MAX_BYTES) return { refusal: "Maximum content size limit exceeded." };
  if (!SUPPORTED.test(file.name)) return { refusal: "Unrecognized file format." };
  return { model, name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) };
}
