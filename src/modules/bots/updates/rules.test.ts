import { describe, expect, it } from "vitest";
import * as z from "zod";
import { telegramUpdate } from "./contract";
import { malformedAt, mayReply, readBusinessMessage, readUpdate } from "./rules";

const bot = { telegramId: 77, username: "Shop_Bot" };
const person = { id: 5, is_bot: false, first_name: "Анна", last_name: "К", language_code: "ru" };
const privately = { id: 5, type: "private" };
const group = { id: -100, type: "supergroup" };

const read = (content: object) => readUpdate(telegramUpdate.parse({ update_id: 1, ...content }), bot);
const message = (fields: object) =>
  read({ message: { message_id: 9, date: 1, from: person, chat: privately, ...fields } });
const inGroup = (fields: object) => message({ chat: group, ...fields });
const mention = (offset: number, length: number) => ({ entities: [{ type: "mention", offset, length }] });

const item = (text: unknown) => ({ label: "•", blocks: [{ type: "paragraph", text }] });
const richBlocks = [
  { type: "heading", size: 1, text: ["Order ", { type: "bold", text: "12" }] },
  { type: "list", items: [item(["Tea ", { type: "mathematical_expression", expression: "x²" }]), item("Rice")] },
  { type: "table", cells: [[{ text: "a" }, { text: { type: "code", text: "b" } }]] },
  { type: "blockquote", blocks: [{ type: "paragraph", text: "Inside" }] },
  { type: "map", caption: { text: "A map" } },
];

describe("what an update asks for", () => {
  it.each([
    ["a text", { text: " Привет " }, { kind: "message", content: { text: "Привет" } }],
    ["a text in another normal form", { text: "е\u0308лка" }, { kind: "message", content: { text: "ёлка" } }],
    ["a caption", { photo: [], caption: "Что это?" }, { kind: "message", content: { text: "Что это?" } }],
    ["a photo alone", { photo: [] }, { kind: "message", content: { text: "", attachment: { kind: "photo" } } }],
    ["a sticker", { sticker: {} }, { kind: "message", content: { text: "", attachment: { kind: "sticker" } } }],
    ["a text that shows nothing", { text: "\u200b\u2060" }, { kind: "ignored", reason: "no-content" }],
    [
      "a rich message",
      { rich_message: { blocks: richBlocks } },
      { kind: "message", content: { text: "Order 12\n• Tea x²\n• Rice\na | b\nInside\nA map" } },
    ],
    ["a rich message without words", { rich_message: { blocks: [{ type: "divider" }] } }, { kind: "unreadable" }],
    ["a rich message of a strange shape", { rich_message: { blocks: [[], "?", null] } }, { kind: "unreadable" }],
    ["a dice", { dice: { value: 6 } }, { kind: "unreadable" }],
    ["/start", { text: "/start" }, { kind: "command", command: "start", argument: "" }],
    ["/operator", { text: "/operator" }, { kind: "command", command: "operator" }],
    ["/start with a source", { text: "/start ad_42" }, { kind: "command", command: "start", argument: "ad_42" }],
    ["a command in capitals", { text: "/HELP" }, { kind: "command", command: "help" }],
    ["a command for this bot by name", { text: "/help@shop_bot" }, { kind: "command", command: "help" }],
    ["a command for another bot", { text: "/help@other_bot" }, { kind: "ignored", reason: "not-addressed" }],
    ["an unknown command", { text: "/weather" }, { kind: "unknown-command" }],
    ["a path, which is no command", { text: "/etc/passwd" }, { kind: "message", content: { text: "/etc/passwd" } }],
    ["a pinned message", { pinned_message: {} }, { kind: "ignored", reason: "no-content" }],
    ["a message of a bot", { text: "hi", from: { ...person, is_bot: true } }, { kind: "ignored", reason: "bot" }],
    ["a message without a sender", { text: "hi", from: undefined }, { kind: "ignored", reason: "no-sender" }],
  ])("privately: %s", (_, fields, expected) => {
    expect(message(fields)).toMatchObject(expected);
  });

  it.each([
    ["talk of others", { text: "Всем привет" }, { kind: "ignored", reason: "not-addressed" }],
    ["a mention", { text: "@shop_bot сколько?", ...mention(0, 9) }, { kind: "message", content: { text: "сколько?" } }],
    [
      "a mention behind an emoji",
      { text: "🎄 @Shop_Bot сколько?", ...mention(3, 9) },
      { kind: "message", content: { text: "🎄  сколько?" } },
    ],
    [
      "a mention of a longer name",
      { text: "@shop_bot2 сколько?", ...mention(0, 10) },
      { kind: "ignored", reason: "not-addressed" },
    ],
    [
      "a mention in a caption",
      { photo: [], caption: "@shop_bot что это", caption_entities: [{ type: "mention", offset: 0, length: 9 }] },
      { kind: "message", content: { text: "что это" } },
    ],
    ["a mention and nothing else", { text: "@shop_bot", ...mention(0, 9) }, { kind: "ignored", reason: "no-content" }],
    [
      "a reply to the bot",
      { text: "а дешевле?", reply_to_message: { from: { id: 77, is_bot: true } } },
      { kind: "message", content: { text: "а дешевле?" } },
    ],
    [
      "a reply to somebody else",
      { text: "да", reply_to_message: { from: { id: 78 } } },
      { kind: "ignored", reason: "not-addressed" },
    ],
    ["a known command", { text: "/help" }, { kind: "command", command: "help" }],
    [
      "an unknown command, which may be another bot's",
      { text: "/weather" },
      { kind: "ignored", reason: "not-addressed" },
    ],
    ["an unknown command by name", { text: "/weather@shop_bot" }, { kind: "unknown-command" }],
    [
      "an anonymous admin",
      { text: "@shop_bot hi", ...mention(0, 9), sender_chat: group },
      { kind: "ignored", reason: "anonymous-sender" },
    ],
    ["a photo of others", { photo: [] }, { kind: "ignored", reason: "not-addressed" }],
  ])("in a group: %s", (_, fields, expected) => {
    expect(inGroup(fields)).toMatchObject(expected);
  });

  it("ignores channel posts and kinds of updates that are not asked for", () => {
    expect(read({ channel_post: { message_id: 1, chat: { id: -1, type: "channel" } } })).toEqual({
      kind: "ignored",
      reason: "unsupported-update",
    });
    expect(message({ chat: { id: -1, type: "channel" }, text: "hi" })).toEqual({
      kind: "ignored",
      reason: "channel-post",
    });
  });

  it("reads an edit by the number of the message", () => {
    const edited = read({ edited_message: { message_id: 9, from: person, chat: privately, text: "новое" } });
    expect(edited).toMatchObject({ kind: "edit", content: { messageId: 9, text: "новое" } });
  });

  it.each([
    ["kicked", false],
    ["left", false],
    ["member", true],
    ["administrator", true],
  ])("takes %s as reachable: %s", (status, isReachable) => {
    const update = read({ my_chat_member: { chat: privately, from: person, new_chat_member: { status } } });
    expect(update).toEqual({ kind: "reachability", chatId: 5, isReachable });
  });

  it("keeps a talk in each topic of a forum apart", () => {
    expect(inGroup({ text: "/help", message_thread_id: 3, is_topic_message: true })).toMatchObject({
      sender: { visitorKey: "tg:77:-100:5:3" },
    });
  });

  it("follows a group that became a supergroup, from either side", () => {
    const moved = { kind: "migration", fromChatId: -100, toChatId: -200 };
    expect(inGroup({ migrate_to_chat_id: -200 })).toEqual(moved);
    expect(message({ chat: { id: -200, type: "supergroup" }, migrate_from_chat_id: -100 })).toEqual(moved);
  });

  it.each([
    [
      "pressed",
      { id: "q", from: person, message: { message_id: 3, chat: privately }, data: "stop:1" },
      [5, 3, "stop:1"],
    ],
    ["of a message too old to be told", { id: "q", from: person, data: "x" }, [null, null, "x"]],
    ["of a game", { id: "q", from: person, game_short_name: "g" }, [null, null, ""]],
  ])("reads a button %s", (_, callback_query, [chatId, messageId, data]) => {
    expect(read({ callback_query })).toEqual({ kind: "press", queryId: "q", personId: 5, chatId, messageId, data });
  });

  it("reads an inline query, and the stop button of a draft", () => {
    expect(read({ inline_query: { id: "q", from: person, query: "x", offset: "" } })).toEqual({
      kind: "inline-query",
      queryId: "q",
    });
    expect(read({ stopped_message_generation: { chat: privately, draft_id: 7 } })).toEqual({
      kind: "stop",
      chatId: 5,
      threadId: null,
    });
  });

  it("names the sender as Telegram does", () => {
    expect(message({ text: "hi" })).toMatchObject({ sender: { name: "Анна К", languageCode: "ru", isPrivate: true } });
    const emoji = "🎄".repeat(64);
    const { sender } = z
      .object({ sender: z.object({ name: z.string() }) })
      .parse(message({ text: "hi", from: { id: 5, first_name: emoji, last_name: emoji } }));
    expect(sender.name).toMatch(/^[🎄 ]+…$/u);
    expect(message({ text: "hi", from: { id: 5, first_name: "", username: "anna" } })).toMatchObject({
      sender: { name: "@anna" },
    });
  });
});

describe("business accounts", () => {
  const business = { connectionId: "c1", ownerId: 900 };
  const customer = { id: 5, first_name: "Анна" };
  const inChat = (fields: object, isEdit = false) =>
    readBusinessMessage(
      telegramUpdate.parse({
        update_id: 1,
        business_message: { message_id: 9, business_connection_id: "c1", from: customer, chat: privately, ...fields },
      }).business_message ?? raise(),
      bot,
      { business, isEdit },
    );

  it("read a customer's words, commands too, as a message in the owner's name", () => {
    for (const text of ["Сколько стоит?", "/help"])
      expect(inChat({ text })).toMatchObject({
        kind: "message",
        sender: { visitorKey: "tg:77:5:5:b900", businessConnectionId: "c1", chatId: 5 },
        content: { text },
      });
  });

  it("tell the owner's own words from the customer's, in the customer's dialog", () => {
    const own = inChat({ from: { id: 900, first_name: "Босс" }, text: "Я отвечу" });
    expect(own).toMatchObject({ kind: "owner-message", sender: { visitorKey: "tg:77:5:5:b900", name: "" } });
  });

  it.each([
    ["our own answers", { text: "hi", sender_business_bot: { id: 77, is_bot: true } }, "bot"],
    ["groups", { text: "hi", chat: group }, "not-private"],
    ["service messages", {}, "no-content"],
  ])("ignore %s", (_, fields, reason) => {
    expect(inChat(fields)).toEqual({ kind: "ignored", reason });
  });

  it("read edits, removals and connections", () => {
    expect(inChat({ text: "новое" }, true)).toMatchObject({ kind: "edit", content: { text: "новое", messageId: 9 } });
    const removed = { business_connection_id: "c1", chat: privately, message_ids: [1, 2] };
    expect(read({ deleted_business_messages: removed })).toEqual({
      kind: "business-removal",
      connectionId: "c1",
      chatId: 5,
      messageIds: [1, 2],
    });
    const connection = { id: "c1", user: person, is_enabled: true, user_chat_id: 5, date: 1 };
    expect(read({ business_connection: connection })).toMatchObject({ kind: "business-connection" });
  });

  it.each([
    [{ rights: { can_reply: true } }, true],
    [{ rights: {} }, false],
    [{ can_reply: true }, true],
    [{}, false],
  ])("let the bot reply with %j: %s", (rights, expected) => {
    const { business_connection: connection } = telegramUpdate.parse({
      update_id: 1,
      business_connection: { id: "c1", user: person, is_enabled: true, ...rights },
    });
    expect(connection && mayReply(connection)).toBe(expected);
  });
});

describe("malformed fields", () => {
  it.each([
    ["entities that are no list", { text: "hi", entities: "?" }],
    ["one entity without an offset", { text: "hi", entities: [{ type: "mention" }, null] }],
    ["a caption that is a number", { text: "hi", caption: 5 }],
    ["a thread of letters", { text: "hi", message_thread_id: "x" }],
    ["a broken reply", { text: "hi", reply_to_message: "x" }],
  ])("do not cost the visitor the message: %s", (_, fields) => {
    expect(message(fields)).toMatchObject({ kind: "message", content: { text: "hi" } });
  });

  it.each([
    ["message.chat.id", { message: { message_id: 1, from: person, chat: { id: "5", type: "private" }, text: "hi" } }],
    ["message.message_id", { message: { from: person, chat: privately, text: "hi" } }],
    ["message.from.id", { message: { message_id: 1, from: { id: null }, chat: privately, text: "hi" } }],
    ["callback_query.id", { callback_query: { from: person } }],
  ])("are named in the record when nobody could be answered: %s", (path, content) => {
    const parsed = telegramUpdate.safeParse({ update_id: 1, ...content });
    expect(parsed.success).toBe(false);
    expect(malformedAt(parsed.error?.issues ?? [])).toBe(`malformed: ${path}`);
  });
});

describe("attachments", () => {
  const ids = { file_id: "f", file_unique_id: "u" };
  const stored = { fileId: "f", uniqueId: "u" };
  it.each([
    [
      "the largest size of a photo",
      {
        photo: [
          { ...ids, file_id: "s", width: 90, height: 90 },
          { ...ids, width: 900, height: 600, file_size: 5 },
        ],
      },
      { kind: "photo", ...stored, width: 900, height: 600, sizeBytes: 5 },
    ],
    [
      "a document",
      { document: { ...ids, file_name: "счёт.pdf", mime_type: "application/pdf", file_size: 10 } },
      { kind: "document", ...stored, name: "счёт.pdf", mimeType: "application/pdf", sizeBytes: 10 },
    ],
    ["a voice message", { voice: { ...ids, duration: 3 } }, { kind: "voice", ...stored, durationSeconds: 3 }],
    [
      "a round video",
      { video_note: { ...ids, length: 240 } },
      { kind: "video_note", ...stored, width: 240, height: 240 },
    ],
    ["an animation, which is a document as well", { animation: ids, document: ids }, { kind: "animation", ...stored }],
    ["a sticker", { sticker: { ...ids, emoji: "👍" } }, { kind: "sticker", ...stored, emoji: "👍" }],
    [
      "a place",
      { location: { latitude: 55.7, longitude: 37.6 } },
      { kind: "location", latitude: 55.7, longitude: 37.6 },
    ],
    ["a place off the globe", { location: { latitude: 1e9 } }, { kind: "location" }],
    [
      "a contact",
      { contact: { phone_number: "+7900", first_name: "Иван", last_name: "П" } },
      { kind: "contact", name: "Иван П", phone: "+7900" },
    ],
    [
      "a poll",
      { poll: { id: "1", question: "Когда?", options: [{ text: "Завтра" }] } },
      { kind: "poll", name: "Когда?", options: ["Завтра"] },
    ],
    [
      "a poll whose answer is cut inside a character",
      { poll: { id: "1", question: "Когда?", options: [{ text: `${"a".repeat(99)}🎄` }] } },
      { kind: "poll", name: "Когда?", options: [`${"a".repeat(99)}\ufffd`] },
    ],
    ["a picture of an album", { photo: [ids], media_group_id: "a" }, { kind: "photo", ...stored, albumId: "a" }],
    ["a photo of a strange shape", { photo: "?" }, { kind: "photo" }],
    ["a document of strange fields", { document: { file_id: 5, file_size: -1, file_name: [] } }, { kind: "document" }],
  ])("keep %s", (_, fields, expected) => {
    expect(message(fields)).toMatchObject({ content: { text: "", attachment: expected } });
    expect(message(fields)).toHaveProperty("content.attachment", expected);
  });
});

function raise(): never {
  throw new Error("The update has no message.");
}
