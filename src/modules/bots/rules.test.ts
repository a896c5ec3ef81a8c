import { describe, expect, it } from "vitest";
import {
  addressOf,
  answerAt,
  clientIdOf,
  lane,
  pollingPauseMs,
  pressOf,
  receivesByWebhook,
  sourceOf,
  updateIdOf,
  visitorKey,
} from "./rules";

describe("keys", () => {
  it("tell bots, chats, people and topics apart and lead back", () => {
    for (const threadId of [null, 3])
      for (const ownerId of [null, 9]) {
        const address = { botId: 77, chatId: -100, userId: 5, threadId, ownerId };
        expect(addressOf(visitorKey(address))).toEqual(address);
      }
    for (const foreign of ["widget:1", "tg:77", "tg:a:b:c", "tg:1:2:3:4:5:6"]) expect(addressOf(foreign)).toBeNull();
  });

  it("put every update of a chat into one lane", () => {
    expect(lane("b", { message: { chat: { id: 5 } } })).toBe(lane("b", { edited_message: { chat: { id: 5 } } }));
    expect(lane("b", { message: { chat: { id: 5 } } })).not.toBe(lane("b", { message: { chat: { id: 6 } } }));
    expect(lane("b", {})).toBe("tg:b:other");
  });

  it("let a press pass by the talk that it may stop", () => {
    const press = lane("b", { callback_query: { from: { id: 5 } } });
    expect(press).not.toBe(lane("b", { message: { chat: { id: 5 } } }));
    expect(lane("b", { stopped_message_generation: { chat: { id: 5 } } })).toBe(press);
  });

  it("lead from a message to its update", () => {
    expect(updateIdOf(clientIdOf(42))).toBe(42);
    expect(updateIdOf("something else")).toBe(0);
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

describe("a burst", () => {
  const at = new Date("2026-01-01T00:00:10Z");
  const before = (ms: number) => new Date(at.getTime() - ms);
  const after = (ms: number) => new Date(at.getTime() + ms);
  it.each([
    ["is answered at once without a pause", false, 0, null, null],
    ["is answered when the visitor was quiet", false, 1_500, null, after(1_500)],
    ["moves on with each message", false, 1_500, before(5_000), after(1_500)],
    ["ends for one who never stops typing", false, 1_500, before(11_900), after(100)],
    ["waits for the pictures of an album in any case", true, 0, null, after(1_000)],
    ["honours a pause that is longer than the longest burst", false, 30_000, null, after(30_000)],
  ])("%s", (_, isOfAlbum, quietMs, burstSince, expected) => {
    expect(answerAt({ at, isOfAlbum }, { quietMs, burstSince })).toEqual(expected);
  });
});

describe("the data of a button", () => {
  const id = "0190a8a0-0000-7000-8000-000000000001";
  it.each([
    [`stop:${id}`, { action: "stop", dialogId: id }],
    [`operator:${id}`, { action: "operator", dialogId: id }],
    [`continue:${id}`, { action: "continue", dialogId: id }],
    [`rate:${id}:1`, { action: "rate", dialogId: id, stars: 1 }],
    [`rate:${id}:5`, { action: "rate", dialogId: id, stars: 5 }],
    [`rate:${id}:0`, null],
    [`rate:${id}:6`, null],
    [`rate:${id}`, null],
    [`rate:${id}:1.5`, null],
    [`up:${id}`, { action: "thumb", questionId: id, thumb: "up" }],
    [`down:${id}`, { action: "thumb", questionId: id, thumb: "down" }],
    [`down:${id}:1`, null],
    [`stop:${id}:1`, null],
    [`drop:${id}`, null],
    ["stop:1", null],
    ["", null],
  ])("%j asks for %j", (data, expected) => {
    expect(pressOf(data)).toEqual(expected);
  });
});
