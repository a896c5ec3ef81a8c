import { expect, it } from "vitest";
import { excerpt, isVisible, previewOf, withoutCitations, withoutMarkdown } from "./text";

it("takes the marks of markdown away and leaves the words", () => {
  expect(withoutMarkdown("## Prices\n\n- **Sencha**: £8.50\n* `T-104`")).toBe("Prices\n\n• Sencha: £8.50\n• T-104");
});

it("turns the rows of a table into lines", () => {
  expect(withoutMarkdown("| Name | Price |\n| :-- | --: |\n| Sencha | £8.50 |")).toBe("Name · Price\nSencha · £8.50");
});

it.each(["5 * 4 = 20", "a-b", "#1 in town", "-5 °C", "snake_case_name", "1. first"])("leaves %s as it is", (text) => {
  expect(withoutMarkdown(text)).toBe(text);
});

it("takes the marks of sources away", () => {
  expect(withoutCitations("It is £3.95 [2], free over £40 [12].")).toBe("It is £3.95, free over £40.");
});

it("shows a list on one line", () => {
  expect(previewOf("- Courier: £3.95 [2] - Post: £2.50 [2]")).toBe("Courier: £3.95 · Post: £2.50");
});

it("never cuts a character in half", () => {
  expect(excerpt("ab😀cd", 4)).toBe("ab…");
});

it.each([
  ["", false],
  [" \n\t\u00a0", false],
  ["\u200b\u200d\ufeff", false],
  ["\u3164\u2800\ufe0f", false],
  ["\u200b.", true],
  ["\u{1F468}\u200d\u{1F373}", true],
])("tells whether %j shows anything", (text, expected) => {
  expect(isVisible(text)).toBe(expected);
});
