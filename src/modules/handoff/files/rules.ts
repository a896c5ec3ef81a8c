import type { ReplyFileKind } from "@/db/enums";
import { type FileRefusal, REPLY_FILE_TYPES, replyFileLimits } from "./limits";

/** The extension of a name, in small letters, without the dot; empty when there is none. */
export function extensionOf(name: string): string {
  return /\.([^.\s/\\]+)$/.exec(name.trim())?.[1]?.toLowerCase() ?? "";
}

/** What can be said against a file before it is sent anywhere; null when nothing. */
export function refusalByName(file: { name: string; sizeBytes: number }): FileRefusal | null {
  if (!Object.hasOwn(REPLY_FILE_TYPES, extensionOf(file.name))) return "unsupported-type";
  if (file.sizeBytes === 0) return "empty";
  return file.sizeBytes > replyFileLimits.documentBytes ? "too-large" : null;
}

const TEXTUAL = ["txt", "csv", "md", "json"];

/** The type that a file is kept as: its extension's, if the bytes agree. `sniffed` is undefined where bytes have no signature. */
export function acceptedType(name: string, sniffed: string | undefined, isText: boolean): string | null {
  const extension = extensionOf(name);
  const types = Object.hasOwn(REPLY_FILE_TYPES, extension) ? REPLY_FILE_TYPES[extension] : undefined;
  if (TEXTUAL.includes(extension)) return sniffed === undefined && isText ? (types?.[0] ?? null) : null;
  return types?.find((type) => type === sniffed) ?? null;
}

const PHOTO_TYPES = ["image/jpeg", "image/png", "image/webp"];

/** Pictures are shown as such up to the size that Telegram takes for one; everything else is a file. */
export function kindOfFile(mimeType: string, sizeBytes: number): ReplyFileKind {
  return PHOTO_TYPES.includes(mimeType) && sizeBytes <= replyFileLimits.photoBytes ? "photo" : "document";
}
