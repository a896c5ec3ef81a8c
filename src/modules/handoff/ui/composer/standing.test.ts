import { describe, expect, it } from "vitest";
import { colleagueAfter, hindranceOf } from "./standing";

const dialog = { status: "open", channel: "telegram", isReachable: true } as const;
const mine = { status: "active", isMine: true, mayOverride: false } as const;

describe("who may write to the visitor", () => {
  it.each([
    [dialog, mine, null],
    [dialog, { ...mine, isMine: false }, "held"],
    [dialog, { ...mine, isMine: false, mayOverride: true }, null],
    [dialog, { ...mine, status: "requested", isMine: false }, null],
    [dialog, { ...mine, status: "none", isMine: false }, null],
    [{ ...dialog, isReachable: false }, mine, "unreachable"],
    [{ ...dialog, status: "ended", isReachable: false }, mine, "ended"],
    [{ ...dialog, channel: "preview" }, mine, "preview"],
  ] as const)("%j with %j is hindered by %s", (where, state, hindrance) => {
    expect(hindranceOf(where, state)).toBe(hindrance);
  });
});

describe("a colleague who replied meanwhile", () => {
  const said = (seq: number, author: "operator" | "visitor", authorId: string | null) => ({
    ...{ seq, author, authorId, authorName: authorId },
    createdAt: new Date(),
  });
  const messages = [
    said(1, "operator", "ben"),
    said(2, "visitor", null),
    said(3, "operator", "ann"),
    said(4, "operator", "me"),
  ];

  it("is the last one behind what was seen, and never the person itself", () => {
    expect(colleagueAfter(messages, 0, "me")?.authorName).toBe("ann");
    expect(colleagueAfter(messages, 3, "me")).toBeNull();
    expect(colleagueAfter(messages.slice(0, 2), 0, "me")?.authorName).toBe("ben");
  });
});
