import { describe, expect, it } from "vitest";
import { brokenPasswordRules, isYandexMailbox, safeNextPath } from "./rules";

describe("password policy", () => {
  it.each([
    ["abcdef1", ["length"]],
    ["a1".repeat(65), ["length"]],
    ["abcdefgh", ["digit"]],
    ["12345678", ["letter"]],
    ["Password1", ["common"]],
    ["QWERTY123", ["common"]],
    ["пароль-2026", []],
    ["correct horse 1", []],
    ["a1".repeat(64), []],
  ])("of %j breaks %j", (password, broken) => {
    expect(brokenPasswordRules(password)).toEqual(broken);
  });
});

it.each([
  ["anna@yandex.ru", true],
  ["anna@ya.ru", true],
  ["anna@gmail.com", false],
  ["anna@yandex.ru.evil.com", false],
  ["anna@notya.ru", false],
])("takes %s for a Yandex mailbox: %s", (email, expected) => {
  expect(isYandexMailbox(email)).toBe(expected);
});

it.each([
  ["/invite/abc", "/invite/abc"],
  ["//evil.com", "/w"],
  ["/\\evil.com", "/w"],
  ["https://evil.com", "/w"],
  ["javascript:alert(1)", "/w"],
  ["/w\n/evil", "/w"],
  [null, "/w"],
])("after sign-in %j leads to %s", (next, path) => {
  expect(safeNextPath(next)).toBe(path);
});
