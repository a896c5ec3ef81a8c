import { describe, expect, it } from "vitest";
import { LOCALES } from "@/lib/locales";
import type { LetterKind } from "../limits";
import { LETTER_KINDS } from "../limits";
import { composeLetter, plainText } from "./compose";
import { letterHtml } from "./letter-html";

const HOSTILE = `<img src=x onerror="alert(1)"> & ёлка 🎄`;
const url = "https://chat.example.com/x?a=1&b=2";
const handoff = {
  visitorName: HOSTILE,
  assistantName: HOSTILE,
  reason: "keyword",
  minutes: "5",
  excerpt: HOSTILE,
  url,
};
const PAYLOADS: Record<LetterKind, Record<string, string>> = {
  "confirm-code": { code: "012345", name: HOSTILE },
  welcome: { name: HOSTILE, url },
  "reset-password": { name: HOSTILE, url },
  invitation: { workspaceName: HOSTILE, inviterName: HOSTILE, url },
  "known-address": { name: HOSTILE, loginUrl: url, resetUrl: url },
  "bot-token-invalid": { botName: HOSTILE, assistantName: HOSTILE, url },
  "bot-taken-over": { botName: HOSTILE, assistantName: HOSTILE, url },
  "handoff-waiting": handoff,
  "handoff-escalated": handoff,
  "contact-left": {
    visitorName: handoff.visitorName,
    assistantName: handoff.assistantName,
    excerpt: handoff.excerpt,
    url: handoff.url,
  },
  "balance-low": { workspaceName: HOSTILE, answers: "49", url },
  "balance-empty": { workspaceName: HOSTILE, answers: "0", url },
  "balance-mismatch": { workspaceId: HOSTILE, checks: "wallet", url },
  "ai-keys-resting": { keys: HOSTILE, url },
};

describe.each(LETTER_KINDS)("the letter %s", (kind) => {
  it.each(LOCALES)("says the same in HTML and text, in %s, and runs nothing it was given", async (locale) => {
    const letter = composeLetter(kind, PAYLOADS[kind], locale);
    const [html, text] = [await letterHtml(letter, locale), plainText(letter)];
    expect(letter.subject).toBeTruthy();
    expect(html).toContain(`lang="${locale}"`);
    expect(html).not.toContain("<img src=x");
    expect(text).toContain(letter.heading);
    for (const value of [letter.code, letter.action?.url].filter((value) => value !== undefined)) {
      expect(text).toContain(value);
      expect(html).toContain(value.replaceAll("&", "&amp;"));
    }
  });
});

it("keeps the subject on one line, whatever a workspace is called", () => {
  const payload = { workspaceName: "Acme\r\nBcc: all@example.com", inviterName: "", url };
  expect(composeLetter("invitation", payload, "en").subject).toBe("Invitation to Acme Bcc: all@example.com");
});

it("does not write a letter from a payload that lacks a value", () => {
  expect(() => composeLetter("welcome", { name: "Anna" }, "en")).toThrow();
});
