import { expect, it } from "vitest";
import { messageText, noteInput } from "./contract";

const note = { dialogId: "0199d3a0-0000-7000-8000-000000000001", text: "Call back on Monday" };

it.each(["a\u0000b", "a\ud800"])("a note's own id that cannot be stored is refused, not changed: %j", (id) => {
  expect(noteInput.safeParse({ ...note, id: "a-1" }).success).toBe(true);
  expect(noteInput.safeParse({ ...note, id }).success).toBe(false);
});

it("a member's note cannot take the name of a note that the system writes", () => {
  expect(noteInput.safeParse({ ...note, id: "handoff:contact:7" }).success).toBe(false);
  expect(noteInput.safeParse({ ...note, id: "my-handoff:1" }).success).toBe(true);
});

it.each(["", " \n", "\u0000", "\u200b\u2060"])("a message that shows nothing is empty: %j", (text) => {
  expect(messageText.safeParse(text).success).toBe(false);
});
