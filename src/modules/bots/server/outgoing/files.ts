import { openAsBlob } from "node:fs";
import type { Api, InputFile } from "grammy";
import type { StoredOutgoingFile } from "@/db/schema/outbox";
import {
  type Answer,
  type Buttons,
  callBot,
  type SealedBot,
  sendOptions,
  type SendTarget,
} from "@/modules/bots/server/gateway";
import { openStored, storedPath } from "@/server/storage";

/** The longest that an upload of 20 MB may take. */
export const FILE_TIMEOUT_MS = 60_000;

type FilePart = { file: StoredOutgoingFile; html: string; plain: string; buttons: Buttons | null };

/**
 * Sends one file with its caption. A picture that Telegram does not take for one, because of its sides or its bytes, goes as a
 * document: a refusal says for certain that nothing arrived. The value is Telegram's message id.
 */
export async function sendFile(bot: SealedBot, to: SendTarget, part: FilePart): Promise<Answer<string>> {
  const { kind, storageKey, name, mimeType } = part.file;
  const stored = await openStored(storageKey);
  if (!stored) return { ok: false, fault: { reason: "refused", description: "The file is gone." } };
  stored.stream.destroy();
  const file = new File([await openAsBlob(storedPath(storageKey))], name, { type: mimeType });
  const first = await sendAs(kind, bot, to, { ...part, file });
  if (kind !== "photo" || first.ok || first.fault.reason !== "refused") return first;
  return isNoPicture(first.fault.description) ? sendAs("document", bot, to, { ...part, file }) : first;
}

const isNoPicture = (description: string) => /PHOTO_|IMAGE_PROCESS|too big for a photo/i.test(description);

type Sent = Omit<FilePart, "file"> & { file: File };

async function sendAs(kind: "photo" | "document", bot: SealedBot, to: SendTarget, part: Sent): Promise<Answer<string>> {
  const sent = await upload(kind, bot, to, part, { caption: part.html, parse_mode: "HTML" });
  const isRefusedMarkup = !sent.ok && sent.fault.reason === "bad-markup";
  return isRefusedMarkup ? upload(kind, bot, to, part, { caption: part.plain }) : sent;
}

type Caption = { caption: string; parse_mode?: "HTML" };

async function upload(
  kind: "photo" | "document",
  bot: SealedBot,
  to: SendTarget,
  { file, buttons }: Sent,
  caption: Caption,
): Promise<Answer<string>> {
  const options = { ...sendOptions(to, buttons), ...(caption.caption === "" ? {} : caption) };
  const call = (api: Api, signal: Parameters<Api["getMe"]>[0]): Promise<{ message_id: number }> =>
    kind === "photo"
      ? api.sendPhoto(to.chatId, asInput(file), options, signal)
      : api.sendDocument(to.chatId, asInput(file), options, signal);
  const sent = await callBot(bot, call, FILE_TIMEOUT_MS);
  return sent.ok ? { ok: true, value: String(sent.value.message_id) } : sent;
}

// grammY knows files by a class of its own; ours are the platform's, which its fetch sends from the disk as they are read.
const asInput = (file: File) => file as unknown as InputFile;
