import { refuse } from "./telegram-refusal";

export type Button = { text: string; data: string };
export type FakeFile = { bytes: Uint8Array; path: string; announcedSize?: number };
export type FakeConnection = { id: string; ownerId: number; isEnabled: boolean; canReply: boolean };

type Payload = Record<string, unknown>;
type Sent = { messageId: number; chatId: number; text: string; buttons: Button[][] };

const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** What people do to a bot beside writing: they press buttons, send files, and let it into their own chats. */
export class FakeDesk {
  /** Presses that wait for an answer, and what they were told. */
  readonly presses = new Map<string, { isAnswered: boolean; text: string | null }>();
  readonly inlineAnswers = new Map<string, unknown[] | null>();
  private readonly files = new Map<string, FakeFile>();
  private readonly connections = new Map<string, FakeConnection & { chats: Set<number> }>();
  private next = 1;

  constructor(private readonly sent: Sent[]) {}

  /** The `callback_query` of a pressed button. Data that no button carries is possible, as it is for any client. */
  press(personId: number, data: string, message?: { messageId: number; chatId: number }): Payload {
    const id = `press-${(this.next += 1)}`;
    this.presses.set(id, { isAnswered: false, text: null });
    const at = message && {
      message: { message_id: message.messageId, date: 1, chat: { id: message.chatId, type: "private" } },
    };
    return {
      callback_query: { id, from: { id: personId, is_bot: false, first_name: "P" }, chat_instance: "1", data, ...at },
    };
  }

  inlineQuery(personId: number): Payload {
    const id = `inline-${(this.next += 1)}`;
    this.inlineAnswers.set(id, null);
    return { inline_query: { id, from: { id: personId, is_bot: false, first_name: "P" }, query: "x", offset: "" } };
  }

  /** Keeps a file as Telegram does after somebody sent it; returns its id. */
  addFile(bytes: Uint8Array, name = "file.bin", announcedSize?: number): string {
    const id = `file-${(this.next += 1)}`;
    this.files.set(id, { bytes, path: `documents/${name}`, announcedSize });
    return id;
  }

  fileAt(path: string): Uint8Array | null {
    return [...this.files.values()].find((file) => file.path === path)?.bytes ?? null;
  }

  /** An account lets the bot in, or changes what it may. Returns the update that tells the bot. */
  connect(connection: FakeConnection): Payload {
    const chats = this.connections.get(connection.id)?.chats ?? new Set<number>();
    this.connections.set(connection.id, { ...connection, chats });
    return { business_connection: this.shown(connection) };
  }

  /** A chat of the account that the bot may see. */
  open(connectionId: string, chatId: number): void {
    this.connections.get(connectionId)?.chats.add(chatId);
  }

  /** Checks that the bot may write into this chat in the account's name. */
  assertMayWrite(connectionId: string, chatId: number): void {
    const connection = this.connections.get(connectionId);
    if (!connection?.isEnabled) throw refuse(400, "Bad Request: business connection not found");
    if (!connection.canReply || !connection.chats.has(chatId))
      throw refuse(400, "Bad Request: BUSINESS_PEER_USAGE_MISSING");
  }

  answer(method: string, payload: Payload): unknown {
    switch (method) {
      case "answerCallbackQuery": {
        const press = this.presses.get(String(payload.callback_query_id));
        if (!press)
          throw refuse(400, "Bad Request: query is too old and response timeout expired or query ID is invalid");
        const text = payload.text === undefined ? null : String(payload.text);
        if ((text?.length ?? 0) > 200) throw refuse(400, "Bad Request: MESSAGE_TOO_LONG");
        Object.assign(press, { isAnswered: true, text });
        return true;
      }
      case "answerInlineQuery": {
        const id = String(payload.inline_query_id);
        if (!this.inlineAnswers.has(id)) throw refuse(400, "Bad Request: query ID is invalid");
        this.inlineAnswers.set(id, Array.isArray(payload.results) ? payload.results : []);
        return true;
      }
      case "editMessageReplyMarkup":
        return this.editButtons(payload);
      case "getFile": {
        const id = String(payload.file_id);
        const file = this.files.get(id);
        if (!file) throw refuse(400, "Bad Request: invalid file_id");
        const size = file.announcedSize ?? file.bytes.length;
        if (size > MAX_FILE_BYTES) throw refuse(400, "Bad Request: file is too big");
        return { file_id: id, file_unique_id: `u-${id}`, file_size: size, file_path: file.path };
      }
      case "getBusinessConnection": {
        const connection = this.connections.get(String(payload.business_connection_id));
        if (!connection) throw refuse(400, "Bad Request: business connection not found");
        return this.shown(connection);
      }
      default:
        throw refuse(404, "Not Found: method not found");
    }
  }

  private editButtons(payload: Payload): unknown {
    const message = this.sentAt(payload);
    const buttons = buttonsOf(payload);
    if (JSON.stringify(buttons) === JSON.stringify(message.buttons))
      throw refuse(400, "Bad Request: message is not modified");
    Object.assign(message, { buttons });
    return { message_id: message.messageId, date: 1, chat: { id: message.chatId, type: "private" } };
  }

  private sentAt(payload: Payload): Sent {
    const message = this.sent.find(
      ({ messageId, chatId }) => messageId === Number(payload.message_id) && chatId === Number(payload.chat_id),
    );
    if (!message) throw refuse(400, "Bad Request: message to edit not found");
    return message;
  }

  private shown({ id, ownerId, isEnabled, canReply }: FakeConnection): Payload {
    return {
      id,
      user: { id: ownerId, is_bot: false, first_name: "Owner" },
      user_chat_id: ownerId,
      date: 1,
      is_enabled: isEnabled,
      rights: canReply ? { can_reply: true } : {},
    };
  }
}

/** The buttons of a call. Refuses data that Telegram does not carry. */
export function buttonsOf(payload: Payload): Button[][] {
  const markup = payload.reply_markup;
  if (typeof markup !== "object" || markup === null || !("inline_keyboard" in markup)) return [];
  if (!Array.isArray(markup.inline_keyboard)) throw refuse(400, "Bad Request: object expected as reply markup");
  return markup.inline_keyboard.map((row: unknown) => (Array.isArray(row) ? row : []).map(buttonOf));
}

function buttonOf(button: unknown): Button {
  const known = typeof button === "object" && button !== null ? { text: "", callback_data: "", ...button } : null;
  const [text, data] = [String(known?.text ?? ""), String(known?.callback_data ?? "")];
  if (text === "") throw refuse(400, "Bad Request: text buttons are unallowed in the inline keyboard");
  const bytes = Buffer.byteLength(data);
  if (bytes < 1 || bytes > 64) throw refuse(400, "Bad Request: BUTTON_DATA_INVALID");
  return { text, data };
}
