import { describe, expect, it } from "vitest";
import type { SpokenMessage } from "@/modules/chat/rules";
import { draftInstructions, draftMessages, questionOf, shortened } from "./rules";

const talk = (...said: [SpokenMessage["author"], string][]): SpokenMessage[] =>
  said.map(([author, text], index) => ({ seq: index + 1, author, text }));

describe("a draft", () => {
  it("answers what is open, else what the visitor said last", () => {
    expect(questionOf(talk(["visitor", "Where?"], ["visitor", "And when?"]))).toBe("Where?\nAnd when?");
    expect(questionOf(talk(["visitor", "Where?"], ["operator", "Here"]))).toBe("Where?");
    expect(questionOf(talk(["visitor", ""], ["system", "Notice"]))).toBe("");
  });

  it("always asks for the team's next message", () => {
    expect(draftMessages("en", talk(["visitor", "Where?"]))).toEqual([{ role: "user", text: "Where?" }]);
    expect(draftMessages("en", talk(["visitor", "Where?"], ["operator", "Here"])).map(({ role }) => role)).toEqual([
      "user",
      "assistant",
      "user",
    ]);
    expect(draftMessages("ru", [])).toHaveLength(1);
  });

  it("is told of the earlier one only when there is one", () => {
    expect(draftInstructions("en", { wish: "shorter", earlier: "Long words" })).toContain("Long words");
    expect(draftInstructions("en", { wish: "write", earlier: "Long words" })).not.toContain("Long words");
    expect(draftInstructions("ru", { wish: "again", earlier: " " })).toBe(
      draftInstructions("ru", { wish: "write", earlier: "" }),
    );
  });

  it.each([
    ["One. Two. Three. Four.", "One. Two."],
    ["Only one", "Only one"],
    ["Первое! Второе? Третье…", "Первое! Второе?"],
    ["", ""],
  ])("of the built-in model is made shorter by sentences: %s", (text, short) => {
    expect(shortened(text)).toBe(short);
  });
});
