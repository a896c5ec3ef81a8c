import { describe, expect, it } from "vitest";
import { findContact } from "./rules";

describe("a contact in a visitor's words", () => {
  it.each([
    ["Мой телефон +7 (916) 123-45-67, Мария", "+7 (916) 123-45-67"],
    ["8 916 123 45 67", "8 916 123 45 67"],
    ["89161234567", "89161234567"],
    ["call me: +442079460958", "+442079460958"],
    ["+49 30 901820", "+49 30 901820"],
    ["maria.k+shop@example.co.uk please", "maria.k+shop@example.co.uk"],
    ["почта иван@почта.рф", "иван@почта.рф"],
    ["Telegram: @maria_k", "@maria_k"],
    ["напишите в t.me/maria_k", "t.me/maria_k"],
    ["+7 916 123‑45‑67", "+7 916 123‑45‑67"],
  ])("%s is reached by %s", (text, contact) => {
    expect(findContact(text)).toBe(contact);
  });

  it.each([
    "Where is my order 1841?",
    "Заказ № 1234567 до 2026-11-23 10:00",
    "23.11.2026 в 18:30",
    "Это стоит 1 000 000 рублей",
    "card 4276 3800 1234 5678 99",
    "it is @ home",
    "",
    "100500",
  ])("%s has none", (text) => {
    expect(findContact(text)).toBeNull();
  });

  it("takes no time to be missed in a long text", () => {
    const startedAtMs = performance.now();
    findContact("1-".repeat(5_000) + "a@".repeat(2_500));
    expect(performance.now() - startedAtMs).toBeLessThan(200);
  });
});
