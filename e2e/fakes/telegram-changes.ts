import { type Button, buttonsOf } from "./telegram-desk";
import { shownText } from "./telegram-html";
import { refuse } from "./telegram-refusal";

type Payload = Record<string, unknown>;

export type ChangeableMessage = {
  messageId: number;
  chatId: number;
  html: string;
  text: string;
  parseMode: string | null;
  businessConnectionId: string | null;
  buttons: Button[][];
  /** When it was sent, in milliseconds since 1970. */
  sentAtMs: number;
  /** With a file the text is its caption. */
  file: unknown;
};

const DELETABLE_MS = 48 * 60 * 60_000;
const MAX_TEXT = 4096;
const MAX_CAPTION = 1024;

/** What a bot does to messages that it sent, with the refusals of the real one. */
export class FakeChanges {
  /** Deleted messages, oldest first. */
  readonly deleted: ChangeableMessage[] = [];

  constructor(
    private readonly sent: ChangeableMessage[],
    /** Throws when the bot may not reach the chat. */
    private readonly assertReachable: (payload: Payload) => void,
  ) {}

  answer(method: string, payload: Payload): unknown {
    switch (method) {
      case "editMessageText":
        return this.edit(payload, "text");
      case "editMessageCaption":
        return this.edit(payload, "caption");
      case "deleteMessage":
        this.assertReachable(payload);
        return this.remove(Number(payload.chat_id), Number(payload.message_id));
      case "deleteBusinessMessages":
        return this.removeBusiness(payload);
      default:
        return undefined;
    }
  }

  private edit(payload: Payload, field: "text" | "caption"): unknown {
    this.assertReachable(payload);
    const message = this.find(Number(payload.chat_id), Number(payload.message_id));
    if (!message) throw refuse(400, "Bad Request: message to edit not found");
    const connection = payload.business_connection_id === undefined ? null : String(payload.business_connection_id);
    if (connection !== message.businessConnectionId) throw refuse(400, "Bad Request: message can't be edited");
    if (field === "text" && message.file !== null)
      throw refuse(400, "Bad Request: there is no text in the message to edit");
    if (field === "caption" && message.file === null)
      throw refuse(400, "Bad Request: there is no caption in the message to edit");
    const html = String(payload[field] ?? "");
    const parseMode = payload.parse_mode === undefined ? null : String(payload.parse_mode);
    const text = parseMode === "HTML" ? shownText(html) : html;
    if (field === "text" && text.trim() === "") throw refuse(400, "Bad Request: message text is empty");
    if (text.length > (field === "text" ? MAX_TEXT : MAX_CAPTION)) {
      throw refuse(
        400,
        field === "text" ? "Bad Request: message is too long" : "Bad Request: message caption is too long",
      );
    }
    const buttons = buttonsOf(payload);
    const isSame = html === message.html && JSON.stringify(buttons) === JSON.stringify(message.buttons);
    if (isSame) {
      throw refuse(
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
      );
    }
    Object.assign(message, { text, html, parseMode, buttons });
    return { message_id: message.messageId, date: 1, chat: { id: message.chatId, type: "private" }, text };
  }

  private removeBusiness(payload: Payload): true {
    const ids = Array.isArray(payload.message_ids) ? payload.message_ids.map(Number) : [];
    if (ids.length === 0) throw refuse(400, "Bad Request: message identifiers are not specified");
    const connection = String(payload.business_connection_id);
    for (const id of ids) {
      const message = this.sent.find(
        ({ messageId, businessConnectionId }) => messageId === id && businessConnectionId === connection,
      );
      if (!message) throw refuse(400, "Bad Request: message to delete not found");
      this.remove(message.chatId, id);
    }
    return true;
  }

  private remove(chatId: number, messageId: number): true {
    const message = this.find(chatId, messageId);
    if (!message) throw refuse(400, "Bad Request: message to delete not found");
    if (Date.now() - message.sentAtMs >= DELETABLE_MS)
      throw refuse(400, "Bad Request: message can't be deleted for everyone");
    this.sent.splice(this.sent.indexOf(message), 1);
    this.deleted.push(message);
    return true;
  }

  private find(chatId: number, messageId: number): ChangeableMessage | undefined {
    return this.sent.find((message) => message.chatId === chatId && message.messageId === messageId);
  }
}
