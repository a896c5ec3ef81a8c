import { describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import type { InboxItem } from "./contract";
import { inOrderOf, mergeRows, waitState } from "./rules";

const MINUTE_MS = 60_000;
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute));

const row = (id: string, minute: number, more: Partial<InboxItem> = {}): InboxItem => ({
  id,
  channel: "widget",
  assistantName: "Shop",
  visitorName: "",
  status: "open",
  handoffStatus: "requested",
  unreadCount: 0,
  lastMessage: "",
  lastMessageAt: null,
  lastAttachment: null,
  lastAuthor: null,
  isLastMine: false,
  draft: null,
  note: null,
  reason: null,
  waitingSince: null,
  snoozedUntil: null,
  assignee: null,
  tags: [],
  at: at(minute),
  ...more,
});

describe("waitState", () => {
  it.each([
    ["widget", 0, "calm"],
    ["widget", 2.49, "calm"],
    ["widget", 2.5, "soon"],
    ["widget", 4.99, "soon"],
    ["widget", 5, "over"],
    ["telegram", 1.49, "calm"],
    ["telegram", 1.5, "soon"],
    ["telegram", 3, "over"],
    ["api", 4, "soon"],
  ] as const)("calls a wait in %s of %s minutes %s", (channel, minutes, state) => {
    expect(waitState(channel, minutes * MINUTE_MS)).toBe(state);
  });
});

describe("the order of a view", () => {
  const ids = (items: InboxItem[]) => items.map(({ id }) => id);

  it("has the longest wait first in the queue and the newest words first elsewhere", () => {
    const items = [row("b", 2), row("a", 1), row("c", 3)];
    expect(ids(items.toSorted(inOrderOf({ view: "queue" })))).toEqual(["a", "b", "c"]);
    expect(ids(items.toSorted(inOrderOf({ view: "all" })))).toEqual(["c", "b", "a"]);
    expect(ids(items.toSorted(inOrderOf({ view: "queue", sort: "newest" })))).toEqual(["c", "b", "a"]);
  });

  it("puts one's own dialogs that owe an answer before the answered ones", () => {
    const items = [
      row("answered early", 1),
      row("owed late", 5, { waitingSince: at(4) }),
      row("answered late", 9),
      row("owed early", 3, { waitingSince: at(2) }),
    ];
    expect(ids(items.toSorted(inOrderOf({ view: "mine" })))).toEqual([
      "owed early",
      "owed late",
      "answered late",
      "answered early",
    ]);
  });
});

describe("mergeRows", () => {
  const order = inOrderOf({ view: "queue" });
  const [one, two, three] = [row(newId(), 1), row(newId(), 2), row(newId(), 3)];

  it("takes out what no longer belongs and leaves the rest alone", () => {
    expect(mergeRows([one, two, three], { asked: [two.id], found: [], hasMore: false }, order)).toEqual([one, three]);
  });

  it("puts what is new where it belongs and shows what changed once", () => {
    const changed = { ...one, unreadCount: 4 };
    const change = { asked: [one.id, two.id], found: [two, changed], hasMore: true };
    expect(mergeRows([one, three], change, order)).toEqual([changed, two, three]);
  });

  it("leaves a row of a page that was not read yet to that page", () => {
    const change = { asked: [three.id], found: [three], hasMore: true };
    expect(mergeRows([one, two], change, order)).toEqual([one, two]);
    expect(mergeRows([one, two], { ...change, hasMore: false }, order)).toEqual([one, two, three]);
  });
});
