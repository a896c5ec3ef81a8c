import { expect, it } from "vitest";
import { handoffDialogInput, releaseInput, replyInput, requestHandoffInput } from "./contract";

const dialogId = "0199d3a0-0000-7000-8000-000000000001";

it.each([requestHandoffInput, handoffDialogInput, releaseInput])(
  "a request's key that cannot be stored is refused",
  (input) => {
    expect(input.safeParse({ dialogId, requestId: "press-1" }).success).toBe(true);
    expect(input.safeParse({ dialogId, requestId: "press\u00001" }).success).toBe(false);
    expect(input.safeParse({ dialogId, requestId: "press\ud800" }).success).toBe(false);
  },
);

it.each([
  ["", false],
  ["\u200b\u2060", false],
  ["Hello", true],
])("a reply of %j without a file says something: %s", (text, says) => {
  expect(replyInput.safeParse({ dialogId, id: dialogId, text }).success).toBe(says);
});
