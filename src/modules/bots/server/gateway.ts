import { Api, GrammyError } from "grammy";
import type { ApiResponse, Update } from "grammy/types";
import type { WebhookReading } from "@/modules/bots/doctor/rules";
import { bodyOf } from "./request-body";
import { decryptSecret } from "@/server/crypto";
import { env } from "@/server/env";
import { ALLOWED_UPDATES } from "@/modules/bots/updates/contract";

/** A bot with its sealed token, as the repository reads it for calls to Telegram. */
export type SealedBot = { id: string; tokenSealed: string };

/** Why Telegram did not do it, in our words. `uncertain`: it left, and nobody knows whether it arrived. */
export type Fault =
  | { reason: "token-unknown" }
  | { reason: "blocked" }
  /** The group became a supergroup and has another number from now on. */
  | { reason: "moved"; toChatId: number; description: string }
  | { reason: "too-fast"; retryAfterSeconds: number }
  | { reason: "conflict"; description: string }
  | { reason: "bad-markup" }
  | { reason: "refused"; description: string }
  | { reason: "unavailable" }
  | { reason: "uncertain" };

export type Answer<T> = { ok: true; value: T } | { ok: false; fault: Fault };

/** Where something is shown. A business connection makes the bot speak in its owner's own chat. */
export type ChatTarget = { chatId: number; threadId: number | null; businessConnectionId?: string | null };
export type SendTarget = ChatTarget & { replyTo: number | null };

const CALL_TIMEOUT_MS = 10_000;
// Beyond the long poll itself: connecting and reading the answer.
const POLL_GRACE_MS = 10_000;
const MAX_CLIENTS = 500;
// After a day it does no harm to ask once more.
const LONGEST_WAIT_SECONDS = 24 * 60 * 60;
// The request was never written, so repeating it cannot double anything.
const NEVER_LEFT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Where a bot's token is sealed for; a sealed text that is copied to another row does not open there. */
export const tokenPurpose = (botId: string) => `bots:${botId}`;

/** Asks Telegram whose token this is. */
export async function identifyBot(
  token: string,
): Promise<Answer<{ telegramId: number; username: string; name: string }>> {
  const me = await ask(() => clientOf(token).getMe(timeLimit()));
  return me.ok
    ? { ok: true, value: { telegramId: me.value.id, username: me.value.username, name: me.value.first_name } }
    : me;
}

/** Sends one message; with `isHtml` as Telegram HTML, else as plain text. The value is Telegram's message id. */
export async function sendText(
  bot: SealedBot,
  to: SendTarget,
  message: { text: string; isHtml: boolean; buttons?: Buttons | null },
): Promise<Answer<string>> {
  const options = {
    ...sendOptions(to, message.buttons),
    ...(message.isHtml ? { parse_mode: "HTML" as const } : {}),
    link_preview_options: { is_disabled: true },
  };
  const sent = await ask(() => clientFor(bot).sendMessage(to.chatId, message.text, options, timeLimit()));
  return sent.ok ? { ok: true, value: String(sent.value.message_id) } : sent;
}

type Draft = { draftId: number; html: string };

/** Shows what is written so far in a private chat, with a button to stop. It vanishes by itself or with the next message. */
export async function showDraft(
  bot: SealedBot,
  to: Pick<ChatTarget, "chatId" | "threadId">,
  { draftId, html }: Draft,
  signal: AbortSignal,
): Promise<Answer<true>> {
  const options = {
    ...(to.threadId === null ? {} : { message_thread_id: to.threadId }),
    parse_mode: "HTML" as const,
    can_stop: true,
    keep_on_stop: true,
  };
  return ask(() => clientFor(bot).sendMessageDraft(to.chatId, draftId, html, options, timeLimit(signal)));
}

/** Shows "typing" for about five seconds. */
export async function showTyping(bot: SealedBot, to: ChatTarget): Promise<Answer<true>> {
  return ask(() => clientFor(bot).sendChatAction(to.chatId, "typing", placeOf(to), timeLimit()));
}

/** Where a message goes and what stands under it, as every method that sends one takes it. */
export function sendOptions(to: SendTarget, buttons?: Buttons | null) {
  return {
    ...placeOf(to),
    ...(to.replyTo === null ? {} : { reply_parameters: { message_id: to.replyTo, allow_sending_without_reply: true } }),
    ...(buttons ? { reply_markup: keyboardOf(buttons) } : {}),
  };
}

function placeOf({ threadId, businessConnectionId }: ChatTarget) {
  return {
    ...(threadId === null ? {} : { message_thread_id: threadId }),
    ...(businessConnectionId ? { business_connection_id: businessConnectionId } : {}),
  };
}

/** Rows of buttons under a message; `data` comes back when one is pressed. */
export type Buttons = readonly (readonly { text: string; data: string }[])[];

export function keyboardOf(buttons: Buttons) {
  return { inline_keyboard: buttons.map((row) => row.map(({ text, data }) => ({ text, callback_data: data }))) };
}

/** Points the bot's updates at our door. Updates that wait already are kept. */
export async function registerWebhook(bot: SealedBot, webhook: { url: string; secret: string }): Promise<Answer<true>> {
  const options = {
    secret_token: webhook.secret,
    allowed_updates: [...ALLOWED_UPDATES],
    max_connections: 40,
    drop_pending_updates: false,
  };
  return ask(() => clientFor(bot).setWebhook(webhook.url, options, timeLimit()));
}

export async function removeWebhook(bot: SealedBot): Promise<Answer<true>> {
  return ask(() => clientFor(bot).deleteWebhook({ drop_pending_updates: false }, timeLimit()));
}

export async function readWebhook(bot: SealedBot): Promise<Answer<WebhookReading>> {
  const info = await ask(() => clientFor(bot).getWebhookInfo(timeLimit()));
  if (!info.ok) return info;
  const {
    url,
    pending_update_count: pendingCount,
    last_error_date: date,
    last_error_message: lastError,
    allowed_updates: allowed,
  } = info.value;
  return {
    ok: true,
    value: {
      url: url ?? "",
      pendingCount,
      lastErrorAt: date ? new Date(date * 1000) : null,
      lastError: lastError ?? "",
      allowedUpdates: allowed ?? [],
    },
  };
}

type MenuCommand = { command: string; description: string };

/** Fills the bot's command menu; without `languageCode` for everybody who has no menu of their own language. */
export async function registerCommands(
  bot: SealedBot,
  commands: MenuCommand[],
  languageCode?: "ru",
): Promise<Answer<true>> {
  return ask(() =>
    clientFor(bot).setMyCommands(commands, languageCode ? { language_code: languageCode } : {}, timeLimit()),
  );
}

/** One long poll. `offset` confirms everything before it; null takes what was never confirmed. */
export async function fetchUpdates(
  bot: SealedBot,
  poll: { offset: number | null; seconds: number; signal: AbortSignal },
): Promise<Answer<Update[]>> {
  const options = {
    timeout: poll.seconds,
    allowed_updates: [...ALLOWED_UPDATES],
    ...(poll.offset === null ? {} : { offset: poll.offset }),
  };
  const signal = AbortSignal.any([poll.signal, AbortSignal.timeout(poll.seconds * 1000 + POLL_GRACE_MS)]);
  return ask(() => clientFor(bot).getUpdates(options, grammySignal(signal)));
}

/** Drops the client of a bot that was disconnected. */
export function forgetClient(botId: string): void {
  clients.delete(botId);
}

// Clients are made on demand and the longest unused one goes first, so a thousand bots cost what the busy ones cost.
const clients = new Map<string, { tokenSealed: string; api: Api }>();

function clientFor(bot: SealedBot): Api {
  const known = clients.get(bot.id);
  clients.delete(bot.id);
  const client =
    known?.tokenSealed === bot.tokenSealed
      ? known
      : { tokenSealed: bot.tokenSealed, api: clientOf(decryptSecret(bot.tokenSealed, tokenPurpose(bot.id))) };
  clients.set(bot.id, client);
  const eldest = clients.keys().next().value;
  if (clients.size > MAX_CLIENTS && eldest !== undefined) clients.delete(eldest);
  return client.api;
}

function clientOf(token: string): Api {
  const api = new Api(token);
  const root = `${env().TELEGRAM_API_ROOT.replace(/\/+$/, "")}/bot${token}`;
  // The platform's own fetch pools connections for all bots, and its errors tell whether the request ever left.
  api.config.use((_next, method, payload, signal) => post(`${root}/${method}`, payload, signal));
  return api;
}

type Signal = Parameters<Api["getMe"]>[0];

async function post<T>(url: string, payload: object, signal: Signal): Promise<ApiResponse<T>> {
  const response = await fetch(url, { method: "POST", ...bodyOf(payload), signal: platformSignal(signal) });
  // A body that breaks off flies: the call was made, and nobody knows what became of it.
  const body = parseJson(await response.text());
  if (isAnswer<T>(body)) return body;
  // A proxy in between answers with a page of its own; behind these the call may have been taken.
  if (response.ok || response.status === 502 || response.status === 504) throw new TypeError("fetch failed");
  // About a token or a visitor only Telegram itself can tell; the call never came to it.
  const isHearsay = [401, 403, 404, 409].includes(response.status);
  return { ok: false, error_code: isHearsay ? 503 : response.status, description: response.statusText };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isAnswer<T>(body: unknown): body is ApiResponse<T> {
  return typeof body === "object" && body !== null && "ok" in body;
}

// grammY types its signals by an old package; ours are the platform's from the beginning to the end.
const grammySignal = (signal: AbortSignal) => signal as unknown as Signal;
const platformSignal = (signal: Signal) => signal as unknown as AbortSignal | undefined;
const timeLimit = (signal?: AbortSignal) => {
  const deadline = AbortSignal.timeout(CALL_TIMEOUT_MS);
  return grammySignal(signal ? AbortSignal.any([signal, deadline]) : deadline);
};

/** Any other call for a bot, with its faults in our words. */
export async function callBot<T>(
  bot: SealedBot,
  call: (api: Api, signal: Signal) => Promise<T>,
  timeoutMs = CALL_TIMEOUT_MS,
): Promise<Answer<T>> {
  return ask(() => call(clientFor(bot), grammySignal(AbortSignal.timeout(timeoutMs))));
}

async function ask<T>(call: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await call() };
  } catch (error) {
    return { ok: false, fault: error instanceof GrammyError ? refusalOf(error) : networkFaultOf(error) };
  }
}

function refusalOf(error: GrammyError): Fault {
  const { error_code: code, description, parameters } = error;
  if (code === 401 || code === 404) return { reason: "token-unknown" };
  if (code === 403) return { reason: "blocked" };
  if (code === 409) return { reason: "conflict", description };
  if (code === 429) return { reason: "too-fast", retryAfterSeconds: waitOf(parameters.retry_after) };
  if (code >= 500) return { reason: "unavailable" };
  if (/can't parse entities|\bENTIT(?:Y|IES)_/i.test(description)) return { reason: "bad-markup" };
  if (/chat not found|user is deactivated|PEER_ID_INVALID/i.test(description)) return { reason: "blocked" };
  const { migrate_to_chat_id: toChatId } = parameters;
  if (Number.isSafeInteger(toChatId) && toChatId) return { reason: "moved", toChatId, description };
  return { reason: "refused", description };
}

/** The seconds to wait as a number that a clock can add, whatever a server in between made of it. */
function waitOf(retryAfter: unknown): number {
  const seconds = Math.ceil(Number(retryAfter));
  return seconds >= 1 ? Math.min(seconds, LONGEST_WAIT_SECONDS) : 1;
}

function networkFaultOf(error: unknown): Fault {
  const code = networkCode(error);
  if (code === null) throw error;
  return { reason: NEVER_LEFT.has(code) ? "unavailable" : "uncertain" };
}

/** The system's code of a failed request; null for an error that is no failure of the network. */
function networkCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (error.name === "AbortError" || error.name === "TimeoutError") return error.name;
  const isFetchFailure = error instanceof TypeError && error.message === "fetch failed";
  const { cause } = error;
  if (cause instanceof AggregateError) return networkCode(cause.errors[0]) ?? "UNKNOWN";
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string") return cause.code;
  if ("code" in error && typeof error.code === "string") return error.code;
  return isFetchFailure || error.message === "terminated" ? "UNKNOWN" : null;
}
