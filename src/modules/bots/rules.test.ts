import { describe, expect, it } from "vitest";
import { telegramUpdate } from "./contract";
import { addressOf, lane, pollingPauseMs, readUpdate, receivesByWebhook, sourceOf, visitorKey } from "./rules";

const bot = { telegramId: 77, username: "Shop_Bot" };
const person = { id: 5, is_bot: false, first_name: "Анна", last_name: "К", language_code: "ru" };
const privately = { id: 5, type: "private" };
const group = { id: -100, type: "supergroup" };

const read = (content: object) => readUpdate(telegramUpdate.parse({ update_id: 1, ...content }), bot);
const message = (fields: object) =>
  read({ message: { message_id: 9, date: 1, from: person, chat: privately, ...fields } });
const inGroup = (fields: object) => message({ chat: group, ...fields });
const mention = (offset: number, length: number) => ({ entities: [{ type: "mention", offset, length }] });

describe("what an update asks for", () => {
  it.each([
    ["a text", { text: " Привет " }, { kind: "text", text: "Привет" }],
    ["a text in another normal form", { text: "е\u0308лка" }, { kind: "text", text: "ёлка" }],
    ["a caption", { photo: [], caption: "Что это?" }, { kind: "text", text: "Что это?" }],
    ["a photo alone", { photo: [] }, { kind: "media-without-text" }],
    ["a sticker", { sticker: {} }, { kind: "media-without-text" }],
    ["/start", { text: "/start" }, { kind: "command", command: "start", argument: "" }],
    ["/start with a source", { text: "/start ad_42" }, { kind: "command", command: "start", argument: "ad_42" }],
    ["a command in capitals", { text: "/HELP" }, { kind: "command", command: "help" }],
    ["a command for this bot by name", { text: "/help@shop_bot" }, { kind: "command", command: "help" }],
    ["a command for another bot", { text: "/help@other_bot" }, { kind: "ignored", reason: "not-addressed" }],
    ["an unknown command", { text: "/weather" }, { kind: "unknown-command" }],
    ["a path, which is no command", { text: "/etc/passwd" }, { kind: "text", text: "/etc/passwd" }],
    ["a pinned message", { pinned_message: {} }, { kind: "ignored", reason: "no-content" }],
    ["a message of a bot", { text: "hi", from: { ...person, is_bot: true } }, { kind: "ignored", reason: "bot" }],
    ["a message without a sender", { text: "hi", from: undefined }, { kind: "ignored", reason: "no-sender" }],
  ])("privately: %s", (_, fields, expected) => {
    expect(message(fields)).toMatchObject(expected);
  });

  it.each([
    ["talk of others", { text: "Всем привет" }, { kind: "ignored", reason: "not-addressed" }],
    ["a mention", { text: "@shop_bot сколько?", ...mention(0, 9) }, { kind: "text", text: "сколько?" }],
    [
      "a mention behind an emoji",
      { text: "🎄 @Shop_Bot сколько?", ...mention(3, 9) },
      { kind: "text", text: "🎄  сколько?" },
    ],
    [
      "a mention of a longer name",
      { text: "@shop_bot2 сколько?", ...mention(0, 10) },
      { kind: "ignored", reason: "not-addressed" },
    ],
    [
      "a mention in a caption",
      { photo: [], caption: "@shop_bot что это", caption_entities: [{ type: "mention", offset: 0, length: 9 }] },
      { kind: "text", text: "что это" },
    ],
    ["a mention and nothing else", { text: "@shop_bot", ...mention(0, 9) }, { kind: "ignored", reason: "no-content" }],
    [
      "a reply to the bot",
      { text: "а дешевле?", reply_to_message: { from: { id: 77, is_bot: true } } },
      { kind: "text", text: "а дешевле?" },
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
    expect(edited).toMatchObject({ kind: "edit", messageId: 9, text: "новое" });
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

  it("names the sender as Telegram does", () => {
    expect(message({ text: "hi" })).toMatchObject({ sender: { name: "Анна К", languageCode: "ru", isPrivate: true } });
    expect(message({ text: "hi", from: { id: 5, first_name: "", username: "anna" } })).toMatchObject({
      sender: { name: "@anna" },
    });
  });
});

describe("keys", () => {
  it("tell bots, chats, people and topics apart and lead back", () => {
    const address = { botId: 77, chatId: -100, userId: 5, threadId: 3 };
    expect(addressOf(visitorKey(address))).toEqual(address);
    expect(addressOf(visitorKey({ ...address, threadId: null }))).toEqual({ ...address, threadId: null });
    expect(addressOf("widget:1")).toBeNull();
    expect(inGroup({ text: "/help", message_thread_id: 3, is_topic_message: true })).toMatchObject({
      sender: { visitorKey: "tg:77:-100:5:3" },
    });
  });

  it("put every update of a chat into one lane", () => {
    expect(lane("b", { message: { chat: { id: 5 } } })).toBe(lane("b", { edited_message: { chat: { id: 5 } } }));
    expect(lane("b", { message: { chat: { id: 5 } } })).not.toBe(lane("b", { message: { chat: { id: 6 } } }));
    expect(lane("b", {})).toBe("tg:b:other");
  });
});

it.each([
  ["ad_42", "ad_42"],
  ["", null],
  ["два слова", null],
  ["x".repeat(65), null],
  ["a b", null],
])("keeps the source %j as %j", (argument, source) => {
  expect(sourceOf(argument)).toBe(source);
});

it.each([
  ["auto", "https://chat.acme.ru", true],
  ["auto", "http://chat.acme.ru", false],
  ["auto", "https://localhost:3000", false],
  ["auto", "https://192.168.1.5", false],
  ["auto", "https://chat.internal", false],
  ["polling", "https://chat.acme.ru", false],
  ["webhook", "http://localhost:3000", true],
] as const)("in the mode %s at %s receives by webhook: %s", (mode, url, expected) => {
  expect(receivesByWebhook(mode, url)).toBe(expected);
});

it("waits 5 seconds after the first failed poll and never more than a minute", () => {
  expect([1, 2, 3, 4, 5, 50].map(pollingPauseMs)).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
});
