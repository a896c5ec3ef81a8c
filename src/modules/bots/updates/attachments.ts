import * as z from "zod";
import { ATTACHMENT_KINDS, type AttachmentKind } from "@/db/enums";
import type { StoredAttachment } from "@/db/schema/dialogs";
import type { TelegramMessage } from "./contract";

const MAX_NAME = 255;

const cutTo = (max: number) => (text: string) => text.normalize("NFC").slice(0, max).toWellFormed();
const words = (max: number) => z.string().transform(cutTo(max)).optional().catch(undefined);
const count = z.int().nonnegative().optional().catch(undefined);
const degrees = z.number().min(-180).max(180).optional().catch(undefined);

const file = z.object({
  file_id: words(300),
  file_unique_id: words(100),
  file_name: words(MAX_NAME),
  mime_type: words(100),
  file_size: count,
  duration: count,
  length: count,
  width: count,
  height: count,
  emoji: words(20),
});

const place = z.object({ latitude: degrees, longitude: degrees });
const card = z.object({ first_name: words(100), last_name: words(100), phone_number: words(40) });
const vote = z.object({
  question: words(300),
  options: z
    .array(z.object({ text: z.string().transform(cutTo(100)) }))
    .max(20)
    .optional()
    .catch(undefined),
});

/** What a message carries, as validated facts; null for words alone. A shape that nobody knows keeps its kind. */
export function attachmentOf(message: TelegramMessage): StoredAttachment | null {
  // An animation comes with a `document` of the same file.
  const kind = ATTACHMENT_KINDS.toSorted(byPrecedence).find((name) => message[name] !== undefined);
  if (!kind) return null;
  const album = message.media_group_id ? { albumId: message.media_group_id.slice(0, 100) } : {};
  return withoutGaps({ kind, ...factsOf(kind, message[kind]), ...album });
}

const byPrecedence = (one: AttachmentKind, other: AttachmentKind) =>
  Number(one === "document") - Number(other === "document");

function factsOf(kind: AttachmentKind, value: unknown): Omit<StoredAttachment, "kind"> {
  switch (kind) {
    case "location":
      return place.safeParse(value).data ?? {};
    case "contact": {
      const { first_name: first, last_name: last, phone_number: phone } = card.safeParse(value).data ?? {};
      const name = [first, last].filter(Boolean).join(" ");
      return { name: name === "" ? undefined : name, phone };
    }
    case "poll": {
      const { question, options } = vote.safeParse(value).data ?? {};
      return { name: question, options: options?.map(({ text }) => text) };
    }
    case "photo":
      return fileFacts(largestOf(value));
    default:
      return fileFacts(value);
  }
}

/** Telegram sends a photo in several sizes and does not promise their order. */
function largestOf(sizes: unknown): unknown {
  const known = z
    .array(file.nullable().catch(null))
    .catch([])
    .parse(sizes)
    .filter((size) => size !== null);
  return known.toSorted((one, other) => area(one) - area(other)).at(-1);
}

const area = ({ width = 0, height = 0 }: z.infer<typeof file>) => width * height;

function fileFacts(value: unknown): Omit<StoredAttachment, "kind"> {
  const facts = file.safeParse(value).data;
  if (!facts) return {};
  return {
    fileId: facts.file_id,
    uniqueId: facts.file_unique_id,
    name: facts.file_name,
    mimeType: facts.mime_type,
    sizeBytes: facts.file_size,
    durationSeconds: facts.duration,
    width: facts.width ?? facts.length,
    height: facts.height ?? facts.length,
    emoji: facts.emoji,
  };
}

function withoutGaps(attachment: StoredAttachment): StoredAttachment {
  // Only absent facts are dropped; the kind is always there.
  return Object.fromEntries(
    Object.entries(attachment).filter(([, value]) => value !== undefined),
  ) as unknown as StoredAttachment;
}

// Types that a browser shows without running anything. All others are bytes.
const HARMLESS = new Set([
  "image/jpeg",
  "image/png",
  "image/gif",
  "image/webp",
  "audio/ogg",
  "audio/mpeg",
  "audio/mp4",
  "video/mp4",
  "application/pdf",
]);
const USUAL: Partial<Record<AttachmentKind, { type: string; extension: string }>> = {
  photo: { type: "image/jpeg", extension: "jpg" },
  sticker: { type: "image/webp", extension: "webp" },
  voice: { type: "audio/ogg", extension: "ogg" },
  video: { type: "video/mp4", extension: "mp4" },
  video_note: { type: "video/mp4", extension: "mp4" },
  animation: { type: "video/mp4", extension: "mp4" },
  audio: { type: "audio/mpeg", extension: "mp3" },
};

/** The content type that a visitor's file is served with: what the sender's client claimed, if that is harmless. */
export function servedType({ kind, mimeType }: StoredAttachment): string {
  const claimed = (mimeType ?? USUAL[kind]?.type ?? "").toLowerCase();
  return HARMLESS.has(claimed) ? claimed : "application/octet-stream";
}

/** The name that it is saved under: its own last part, or one made of what it is. */
export function servedName({ kind, name }: StoredAttachment, messageId: string): string {
  const own = name
    ?.split(/[\\/]/)
    .at(-1)
    ?.replaceAll(/\p{Cc}/gu, "")
    .trim();
  return own || `${kind}-${messageId.slice(-6)}.${USUAL[kind]?.extension ?? "bin"}`;
}
