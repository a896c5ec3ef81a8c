import { refuse } from "./telegram-refusal";

/** A file as it was uploaded with a call. */
export type UploadedFile = { field: string; name: string; type: string; bytes: Uint8Array };

const MB = 1024 * 1024;

/** The parameters of a call: JSON, or a form with files, which arrive as `UploadedFile` under their names. */
export async function readPayload(contentType: string, body: Buffer): Promise<Record<string, unknown>> {
  if (body.length === 0) return {};
  if (!contentType.startsWith("multipart/form-data")) {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null ? { ...value } : {};
  }
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": contentType } }).formData();
  const payload: Record<string, unknown> = {};
  for (const [field, value] of form)
    payload[field] = typeof value === "string" ? parsed(value) : await uploaded(field, value);
  return payload;
}

async function uploaded(field: string, file: File): Promise<UploadedFile> {
  return { field, name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) };
}

// Objects travel in forms as JSON, numbers and words as they are.
function parsed(value: string): unknown {
  return /^[[{]/.test(value) ? JSON.parse(value) : value;
}

/** The file of `sendPhoto` or `sendDocument`, refused for what the real one refuses. */
export function uploadOf(method: "sendPhoto" | "sendDocument", payload: Record<string, unknown>): UploadedFile {
  const field = method === "sendPhoto" ? "photo" : "document";
  const file = payload[field];
  if (!isUploaded(file)) throw refuse(400, `Bad Request: there is no ${field} in the request`);
  if (file.bytes.length === 0) throw refuse(400, "Bad Request: file must be non-empty");
  if (file.bytes.length > (field === "photo" ? 10 : 50) * MB) throw refuse(413, "Request Entity Too Large");
  if (field === "photo" && !isPicture(file.bytes)) throw refuse(400, "Bad Request: IMAGE_PROCESS_FAILED");
  return file;
}

function isUploaded(value: unknown): value is UploadedFile {
  return typeof value === "object" && value !== null && "bytes" in value && value.bytes instanceof Uint8Array;
}

const SIGNATURES = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x52, 0x49, 0x46, 0x46],
];

function isPicture(bytes: Uint8Array): boolean {
  return SIGNATURES.some((signature) => signature.every((byte, index) => bytes[index] === byte));
}
