import type { TelegramBusinessConnection } from "@/modules/bots/updates/contract";
import { telegramBusinessConnection } from "@/modules/bots/updates/contract";
import {
  type Answer,
  type Buttons,
  callBot,
  keyboardOf,
  type SealedBot,
  tokenPurpose,
} from "@/modules/bots/server/gateway";
import { decryptSecret } from "@/server/crypto";
import { env } from "@/server/env";

/** Tells Telegram that a press was heard, with a short word that it shows to the person. */
export async function answerPress(bot: SealedBot, queryId: string, text?: string): Promise<Answer<true>> {
  return callBot(bot, (api, signal) => api.answerCallbackQuery(queryId, text ? { text } : {}, signal));
}

/** The product offers nothing inline; the empty answer ends the spinner. */
export async function answerInline(bot: SealedBot, queryId: string): Promise<Answer<true>> {
  return callBot(bot, (api, signal) =>
    api.answerInlineQuery(queryId, [], { cache_time: 300, is_personal: false }, signal),
  );
}

/** Puts a plain sentence in the place of a message of the bot; its buttons go. */
export async function rewriteMessage(
  bot: SealedBot,
  at: { chatId: number; messageId: number; businessConnectionId: string | null },
  text: string,
): Promise<Answer<unknown>> {
  const business = at.businessConnectionId ? { business_connection_id: at.businessConnectionId } : {};
  return callBot(bot, (api, signal) => api.editMessageText(at.chatId, at.messageId, text, business, signal));
}

/** Puts other buttons under a message of the bot; its words stay. */
export async function rewriteButtons(
  bot: SealedBot,
  at: { chatId: number; messageId: number; businessConnectionId: string | null },
  buttons: Buttons,
): Promise<Answer<unknown>> {
  const business = at.businessConnectionId ? { business_connection_id: at.businessConnectionId } : {};
  const markup = { ...business, reply_markup: keyboardOf(buttons) };
  return callBot(bot, (api, signal) => api.editMessageReplyMarkup(at.chatId, at.messageId, markup, signal));
}

/** What Telegram knows about a connection of a business account. */
export async function readConnection(
  bot: SealedBot,
  connectionId: string,
): Promise<Answer<TelegramBusinessConnection | null>> {
  const answer = await callBot(bot, (api, signal) => api.getBusinessConnection(connectionId, signal));
  return answer.ok ? { ok: true, value: telegramBusinessConnection.safeParse(answer.value).data ?? null } : answer;
}

export type FileStream = { body: ReadableStream<Uint8Array>; sizeBytes: number | null };

/**
 * Opens a file that somebody sent to the bot. Null when Telegram does not give it out: unknown, expired, or beyond the 20 MB
 * that bots may load. The address with the bot's token stays in here.
 */
export async function openFile(bot: SealedBot, fileId: string, signal: AbortSignal): Promise<FileStream | null> {
  const file = await callBot(bot, (api, limit) => api.getFile(fileId, limit));
  const steps = (file.ok ? file.value.file_path : undefined)?.split("/") ?? [];
  // A path that leads elsewhere would take the token along.
  if (steps.length === 0 || steps.some((step) => !/[^.]/.test(step) || !step.isWellFormed())) return null;
  const path = steps.map(encodeURIComponent).join("/");
  const token = decryptSecret(bot.tokenSealed, tokenPurpose(bot.id));
  const root = env().TELEGRAM_API_ROOT.replace(/\/+$/, "");
  const response = await fetch(`${root}/file/bot${token}/${path}`, { signal, redirect: "error" }).catch(() => null);
  if (!response?.ok || !response.body) {
    await response?.body?.cancel();
    return null;
  }
  const sizeBytes = Number(response.headers.get("content-length") ?? Number.NaN);
  return { body: response.body, sizeBytes: Number.isSafeInteger(sizeBytes) ? sizeBytes : null };
}

/** The whole of a file, or null when it cannot be had or is larger than allowed. */
export async function downloadFile(
  bot: SealedBot,
  fileId: string,
  { maxBytes, signal }: { maxBytes: number; signal: AbortSignal },
): Promise<Uint8Array<ArrayBuffer> | null> {
  const file = await openFile(bot, fileId, signal);
  if (!file) return null;
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of file.body) {
      size += part.length;
      if (size > maxBytes) return null;
      parts.push(part);
    }
  } catch {
    // The connection broke on the way; the caller says that it could not listen.
    return null;
  }
  return new Uint8Array(Buffer.concat(parts));
}
