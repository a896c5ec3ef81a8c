import { describe, expect, it } from "vitest";
import type { PromptAssistant } from "@/modules/ai/contract";
import { pickLevels } from "@/modules/ai/models/rules";
import { composePrompt, estimateTokens, packHistory, packPassages } from "./rules";
import { listTemplates } from "./templates";

const assistant: PromptAssistant = {
  name: "Bot",
  instructions: "",
  tone: "friendly",
  language: "auto",
  noAnswerPolicy: "say-so",
  offersPerson: false,
};
const passage = (text: string) => ({ title: "Terms.pdf", heading: "", text, isQa: false, score: 1 });
const compose = (more: Partial<Parameters<typeof composePrompt>[0]> = {}) =>
  composePrompt({ assistant, locale: "en", passages: [], summary: "", format: "markdown", ...more });

describe("the prompt", () => {
  it("has the owner's words unchanged at its beginning", () => {
    const instructions = `You are "Зоя" <b>&</b> url(x)\n\n  keep   spaces`;
    expect(compose({ assistant: { ...assistant, instructions } }).startsWith(`${instructions}\n\n`)).toBe(true);
  });
  it("numbers the passages as citations name them", () => {
    expect(compose({ passages: [passage("one"), passage("two")] })).toContain(
      "[1] Terms.pdf\none\n\n[2] Terms.pdf\ntwo",
    );
  });
  it("says so when nothing was found, forbids inventing and never recommends contacting anybody", () => {
    const prompt = compose();
    expect(prompt).toContain("none were found");
    expect(prompt).toContain("Never invent opening hours, prices");
    expect(prompt).not.toMatch(/recommend contacting/i);
  });
  it("is written in the assistant's language, else in the visitor's", () => {
    expect(compose({ assistant: { ...assistant, language: "ru" } })).toContain("Всегда отвечайте по-русски");
    expect(compose({ locale: "ru" })).toContain("на языке последнего сообщения");
  });
});

describe("the budget", () => {
  it("skips a passage that does not fit and takes a shorter one behind it", () => {
    const packed = packPassages([passage("a".repeat(400)), passage("b".repeat(4_000)), passage("c".repeat(400))], 300);
    expect(packed.map(({ text }) => text[0])).toEqual(["a", "c"]);
  });
  it("keeps the newest messages and always the last one", () => {
    const said = Array.from({ length: 30 }, (_, n) => ({ role: "user" as const, text: `${n} `.repeat(50) }));
    expect(packHistory(said, 10_000)).toHaveLength(10);
    expect(packHistory(said, 1).map(({ text }) => text.slice(0, 2))).toEqual(["29"]);
  });
  it("counts Cyrillic as dearer than Latin", () => {
    expect(estimateTokens("а".repeat(300))).toBe(100);
    expect(estimateTokens("a".repeat(300))).toBe(75);
  });
});

it("ships eight templates in each language", () => {
  expect(listTemplates().filter(({ language }) => language === "ru")).toHaveLength(8);
  expect(new Set(listTemplates().map(({ code, language }) => code + language)).size).toBe(16);
});

describe("levels", () => {
  it.each([
    [
      ["gpt-4o", "gpt-4o-mini", "gpt-4o-mini-tts", "text-embedding-3-small", "gpt-5-pro", "gpt-4o-2024-08-06"],
      ["gpt-4o-mini", "gpt-4o", "gpt-5-pro"],
    ],
    [["llama3.1:8b", "nomic-embed-text"], ["llama3.1:8b"]],
    [
      ["claude-haiku-4-5", "claude-sonnet-4-5", "claude-opus-4-5", "claude-sonnet-4-5-20250929"],
      ["claude-haiku-4-5", "claude-sonnet-4-5", "claude-opus-4-5"],
    ],
    [["whisper-1", "dall-e-3"], []],
  ])("picks from %j", (ids, expected) => expect(pickLevels(ids).map(({ id }) => id)).toEqual(expected));
});
