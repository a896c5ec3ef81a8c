import { describe, expect, it } from "vitest";
import { alertOf, iconWithDot, mayRing, titleWithCount } from "./rules";

describe("what rings", () => {
  it.each([
    ["a new wait", "handoff.requested", { chosen: "online", isMine: false }, "queue"],
    ["a wait that is too long", "handoff.escalated", { chosen: "online", isMine: false }, "sla"],
    ["news in an own dialog", "message.new", { chosen: "online", isMine: true }, "mine"],
    ["news in an own dialog, also while away", "message.new", { chosen: "away", isMine: true }, "mine"],
    ["nothing of other people's dialogs", "message.new", { chosen: "online", isMine: false }, null],
    ["nothing of the queue while away by choice", "handoff.requested", { chosen: "away", isMine: false }, null],
    ["nothing of a long wait while offline", "handoff.escalated", { chosen: "offline", isMine: false }, null],
    ["nothing else", "document.changed", { chosen: "online", isMine: true }, null],
  ] as const)("is %s", (_name, type, facts, kind) => {
    expect(alertOf(type, facts)).toBe(kind);
  });

  it("rings once in ten seconds for one dialog, and for another one beside it", () => {
    const first = mayRing(new Map(), "a", 0);
    expect(first.rings).toBe(true);
    expect(mayRing(first.rang, "a", 9_999).rings).toBe(false);
    expect(mayRing(first.rang, "b", 1).rings).toBe(true);
    expect(mayRing(first.rang, "a", 10_000).rings).toBe(true);
  });
});

describe("the count in the title", () => {
  it.each([
    ["Inbox · Acme", 3, "(3) Inbox · Acme"],
    ["(3) Inbox · Acme", 4, "(4) Inbox · Acme"],
    ["(3) Inbox · Acme", 0, "Inbox · Acme"],
    ["Inbox", 250, "(99+) Inbox"],
    ["(99+) Inbox", 1, "(1) Inbox"],
    ["(draft) Prices", 0, "(draft) Prices"],
  ])("turns %s with %d into %s", (title, count, expected) => {
    expect(titleWithCount(title, count)).toBe(expected);
  });
});

it("draws the dot into the icon of the page", () => {
  const icon = decodeURIComponent(iconWithDot('<svg viewBox="0 0 20 20"><path/></svg>', "red"));
  expect(icon).toContain('<circle cx="15.6" cy="4.4" r="4.4" fill="red"/></svg>');
});
