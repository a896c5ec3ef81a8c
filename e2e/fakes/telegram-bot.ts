import type { Socket } from "node:net";
import { FakeChanges } from "./telegram-changes";
import { type Button, buttonsOf, FakeDesk } from "./telegram-desk";
import { shownText } from "./telegram-html";
import { type UploadedFile, uploadOf } from "./telegram-multipart";
import { refuse, type Reply } from "./telegram-refusal";

export type Scripted = Reply | "reset" | "hang" | "accept-then-hang" | "accept-then-cut";
export type SentMessage = {
  messageId: number;
  chatId: number;
  html: string;
  text: string;
  parseMode: string | null;
  replyTo: number | null;
  threadId: number | null;
  businessConnectionId: string | null;
  buttons: Button[][];
  /** Uploaded with the message; the text is its caption then. */
  file: UploadedFile | null;
  /** When it was accepted, in milliseconds since 1970. */
  sentAtMs: number;
};
type Update = { update_id: number } & Record<string, unknown>;
type Person = { id: number; first_name: string; username?: string; language_code?: string };

/** One bot of the fake: what the product called, and what its visitors do. */
export class FakeBot {
  readonly id: number;
  readonly token: string;
  readonly name: string;
  readonly username: string;
  readonly sent: SentMessage[] = [];
  readonly desk = new FakeDesk(this.sent);
  readonly changes = new FakeChanges(this.sent, (payload) => this.reachableChat(payload));
  /** What a person sees of an answer that is being written, by chat. */
  readonly drafts = new Map<number, { draftId: number; text: string }>();
  readonly calls: { method: string; payload: Record<string, unknown> }[] = [];
  webhook: { url: string; secret: string; allowed: string[] } | null = null;
  visitor: Person = { id: 501_001, first_name: "Анна", username: "anna_k", language_code: "ru" };

  private readonly scripts = new Map<string, Scripted[]>();
  private readonly chats = new Set<number>();
  private readonly blockedChats = new Set<number>();
  private pending: Update[] = [];
  private poller: { wake: () => void; end: () => void } | null = null;
  private pollEnded = new Set<() => void>();
  private watchers = new Set<() => void>();
  private updateId = 100_000 + Math.floor(Math.random() * 100_000);
  private messageId = 10;
  private lastError: { message: string; at: number } | null = null;

  constructor(identity: { id: number; token: string; name: string; username: string }) {
    this.id = identity.id;
    this.token = identity.token;
    this.name = identity.name;
    this.username = identity.username;
  }

  /** A private message by the visitor, delivered at once. Returns the update. */
  visitorSends(text: string, from: Person = this.visitor): Promise<Update> {
    return this.deliver({ message: this.messageOf(text, from) });
  }

  /** A message by somebody in the private chat of an account that let the bot in. */
  businessMessageOf(text: string, connectionId: string, from: Person, chatId = from.id): Record<string, unknown> {
    this.desk.open(connectionId, chatId);
    const chat = { id: chatId, type: "private", first_name: from.first_name };
    const message_id = (this.messageId += 1);
    return { message_id, business_connection_id: connectionId, date: 1, from: { is_bot: false, ...from }, chat, text };
  }

  /** Any update, delivered to the webhook, or kept for the next getUpdates. */
  async deliver(content: Record<string, unknown>): Promise<Update> {
    const update = { update_id: (this.updateId += 1), ...content };
    await this.push(update);
    return update;
  }

  /** The same update again, as Telegram does when it saw no answer. Returns the door's status, or 0 when polling. */
  async push(update: Update): Promise<number> {
    const status = this.webhook ? await this.post(update).catch(() => 0) : 0;
    if (status === 200) return status;
    this.lastError = this.webhook
      ? { message: `Wrong response from the webhook: ${status}`, at: Math.floor(Date.now() / 1000) }
      : null;
    if (!this.pending.some(({ update_id }) => update_id === update.update_id)) this.pending.push(update);
    this.poller?.wake();
    return status;
  }

  /** A message as the visitor's Telegram would send it, with the entities that Telegram finds in its text. */
  messageOf(
    text: string,
    from: Person = this.visitor,
    chat: { id: number; type: string } = { id: from.id, type: "private" },
  ): Record<string, unknown> {
    this.chats.add(chat.id);
    this.blockedChats.delete(chat.id);
    const commands = [...text.matchAll(/(?:^|\s)(\/\w+(?:@\w+)?)/g)].map((match) => ({
      type: "bot_command",
      offset: match.index + match[0].indexOf("/"),
      length: match[1]?.length ?? 0,
    }));
    const mentions = [...text.matchAll(/(?:^|\s)(@\w+)/g)].map((match) => ({
      type: "mention",
      offset: match.index + match[0].indexOf("@"),
      length: match[1]?.length ?? 0,
    }));
    const entities = [...commands, ...mentions];
    const message = {
      message_id: (this.messageId += 1),
      date: Math.floor(Date.now() / 1000),
      from: { is_bot: false, ...from },
      chat: { first_name: from.first_name, ...chat },
      text,
    };
    return entities.length > 0 ? { ...message, entities } : message;
  }

  /** Waits until `count` messages were accepted since the start, and returns the newest. Rejects after the time limit. */
  async waitForReply(count = this.sent.length + 1, timeoutMs = 10_000): Promise<SentMessage> {
    await this.until(() => this.sent.length >= count, timeoutMs, `${count} replies, got ${this.sent.length}`);
    const last = this.sent.at(count - 1);
    if (!last) throw new Error("No reply was asked for.");
    return last;
  }

  /** Resolves when the condition holds after some call of the product. */
  until(condition: () => boolean, timeoutMs = 10_000, what = "condition"): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!condition()) return;
        clearTimeout(timer);
        this.watchers.delete(check);
        resolve();
      };
      const timer = setTimeout(() => {
        this.watchers.delete(check);
        reject(new Error(`The fake Telegram waited ${timeoutMs} ms for ${what}.`));
      }, timeoutMs);
      this.watchers.add(check);
    });
  }

  /** The next calls of a method get these answers instead, one each. */
  script(method: string, ...answers: Scripted[]): void {
    this.scripts.set(method, [...(this.scripts.get(method) ?? []), ...answers]);
  }

  /** Calls back once no long poll of this bot is open. */
  whenPollEnds(callback: () => void): void {
    if (this.poller) this.pollEnded.add(callback);
    else callback();
  }

  tooManyRequests(retryAfterSeconds: number): Reply {
    return {
      ok: false,
      error_code: 429,
      description: `Too Many Requests: retry after ${retryAfterSeconds}`,
      parameters: { retry_after: retryAfterSeconds },
    };
  }

  /** What `getWebhookInfo` remembers of a delivery that failed. */
  failDelivery(message: string, at = new Date()): void {
    this.lastError = { message, at: Math.floor(at.getTime() / 1000) };
  }

  /** Lets updates wait that nobody takes. */
  pileUp(count: number): void {
    for (let n = 0; n < count; n += 1) this.pending.push({ update_id: (this.updateId += 1), poll: {} });
  }

  blockedBy(chatId: number): void {
    this.blockedChats.add(chatId);
  }

  takeScripted(method: string): Scripted | undefined {
    return this.scripts.get(method)?.shift();
  }

  close(): void {
    this.poller?.end();
  }

  async call(method: string, payload: Record<string, unknown>, socket?: Socket): Promise<unknown> {
    this.calls.push({ method, payload });
    this.tellWatchers();
    try {
      return await this.answer(method, payload, socket);
    } finally {
      this.tellWatchers();
    }
  }

  private tellWatchers(): void {
    for (const watch of [...this.watchers]) watch();
  }

  private answer(method: string, payload: Record<string, unknown>, socket?: Socket): unknown {
    switch (method) {
      case "getMe":
        return {
          id: this.id,
          is_bot: true,
          first_name: this.name,
          username: this.username,
          can_join_groups: true,
          can_read_all_group_messages: false,
          supports_inline_queries: false,
        };
      case "getUpdates":
        return this.getUpdates(payload, socket);
      case "setWebhook":
        return this.setWebhook(payload);
      case "deleteWebhook":
        this.webhook = null;
        if (payload.drop_pending_updates === true) this.pending = [];
        return true;
      case "getWebhookInfo":
        return {
          url: this.webhook?.url ?? "",
          has_custom_certificate: false,
          pending_update_count: this.pending.length,
          allowed_updates: this.webhook?.allowed ?? [],
          ...(this.lastError ? { last_error_message: this.lastError.message, last_error_date: this.lastError.at } : {}),
        };
      case "sendMessage":
        return this.sendMessage(payload);
      case "sendPhoto":
      case "sendDocument":
        return this.sendFile(method, payload);
      case "sendMessageDraft":
        return this.sendDraft(payload);
      case "sendChatAction":
        this.reachableChat(payload);
        return true;
      case "setMyCommands":
        return true;
      default:
        return this.changes.answer(method, payload) ?? this.desk.answer(method, payload);
    }
  }

  private setWebhook(payload: Record<string, unknown>): true {
    const url = String(payload.url ?? "");
    const target = URL.canParse(url) ? new URL(url) : null;
    const isUsable =
      target?.protocol === "https:" ||
      (target?.protocol === "http:" && ["127.0.0.1", "localhost"].includes(target.hostname));
    if (!isUsable) throw refuse(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook");
    const secret = String(payload.secret_token ?? "");
    if (!/^[\w-]{0,256}$/.test(secret)) throw refuse(400, "Bad Request: secret token contains unallowed characters");
    this.poller?.end();
    this.webhook = {
      url,
      secret,
      allowed: Array.isArray(payload.allowed_updates) ? payload.allowed_updates.map(String) : [],
    };
    void this.drain();
    return true;
  }

  private async drain(): Promise<void> {
    const waiting = this.pending;
    this.pending = [];
    for (const update of waiting) await this.push(update);
  }

  private async getUpdates(payload: Record<string, unknown>, socket?: Socket): Promise<Update[]> {
    if (this.webhook)
      throw refuse(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    this.poller?.end();
    const offset = Number(payload.offset ?? 0);
    this.pending = this.pending.filter(({ update_id }) => update_id >= offset);
    if (this.pending.length === 0) await this.longPoll(Number(payload.timeout ?? 0), socket);
    return this.pending.slice(0, Number(payload.limit ?? 100));
  }

  private longPoll(seconds: number, socket?: Socket): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        socket?.off("close", leave);
        if (this.poller === own) this.poller = null;
        for (const tell of this.pollEnded) tell();
        this.pollEnded.clear();
        finish();
      };
      const leave = () => settle(resolve);
      const own = {
        wake: leave,
        end: () =>
          settle(() =>
            reject(
              refuse(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
              ),
            ),
          ),
      };
      const timer = setTimeout(leave, seconds * 1000);
      socket?.once("close", leave);
      this.poller = own;
    });
  }

  private reachableChat(payload: Record<string, unknown>): number {
    const chatId = Number(payload.chat_id);
    if (payload.business_connection_id !== undefined) {
      this.desk.assertMayWrite(String(payload.business_connection_id), chatId);
      return chatId;
    }
    if (!this.chats.has(chatId)) throw refuse(400, "Bad Request: chat not found");
    if (this.blockedChats.has(chatId)) throw refuse(403, "Forbidden: bot was blocked by the user");
    return chatId;
  }

  private sendMessage(payload: Record<string, unknown>): unknown {
    const said = this.wordsOf(payload, "text");
    if (said.text.trim() === "") throw refuse(400, "Bad Request: message text is empty");
    if (said.text.length > 4096) throw refuse(400, "Bad Request: message is too long");
    return this.accept(payload, { ...said, file: null });
  }

  private sendFile(method: "sendPhoto" | "sendDocument", payload: Record<string, unknown>): unknown {
    const said = this.wordsOf(payload, "caption");
    if (said.text.length > 1024) throw refuse(400, "Bad Request: message caption is too long");
    return this.accept(payload, { ...said, file: uploadOf(method, payload) });
  }

  private wordsOf(payload: Record<string, unknown>, field: "text" | "caption") {
    const html = String(payload[field] ?? "");
    const parseMode = payload.parse_mode === undefined ? null : String(payload.parse_mode);
    return { html, parseMode, text: parseMode === "HTML" ? shownText(html) : html };
  }

  private accept(
    payload: Record<string, unknown>,
    said: Pick<SentMessage, "html" | "text" | "parseMode" | "file">,
  ): unknown {
    const chatId = this.reachableChat(payload);
    const replyTo =
      payload.reply_parameters &&
      typeof payload.reply_parameters === "object" &&
      "message_id" in payload.reply_parameters
        ? Number(payload.reply_parameters.message_id)
        : null;
    const messageId = (this.messageId += 1);
    const businessConnectionId =
      payload.business_connection_id === undefined ? null : String(payload.business_connection_id);
    const threadId = payload.message_thread_id === undefined ? null : Number(payload.message_thread_id);
    const buttons = buttonsOf(payload);
    this.drafts.delete(chatId);
    this.sent.push({
      messageId,
      chatId,
      ...said,
      replyTo,
      threadId,
      businessConnectionId,
      buttons,
      sentAtMs: Date.now(),
    });
    const date = Math.floor(Date.now() / 1000);
    return { message_id: messageId, date, chat: { id: chatId, type: "private" }, text: said.text };
  }

  private sendDraft(payload: Record<string, unknown>): true {
    const chatId = this.reachableChat(payload);
    const draftId = Number(payload.draft_id);
    if (chatId < 0) throw refuse(400, "Bad Request: method is available only in private chats");
    if (!Number.isSafeInteger(draftId) || draftId === 0) throw refuse(400, "Bad Request: DRAFT_ID_INVALID");
    const raw = String(payload.text ?? "");
    const text = payload.parse_mode === "HTML" ? shownText(raw) : raw;
    if (text.length > 4096) throw refuse(400, "Bad Request: message is too long");
    this.drafts.set(chatId, { draftId, text });
    return true;
  }

  private async post(update: Update): Promise<number> {
    if (!this.webhook) return 0;
    const response = await fetch(this.webhook.url, {
      method: "POST",
      headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": this.webhook.secret },
      body: JSON.stringify(update),
    });
    return response.status;
  }
}
