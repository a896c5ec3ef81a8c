import { describe, expect, it } from "vitest";
import type { MessageItem, NoteItem } from "@/modules/dialogs/contract";
import { cursorOf, firstUnread, holderAt, pageOf, type ThreadFacts, threadRows } from "./rules";

const at = (minute: number) => new Date(Date.UTC(2025, 10, 22, 12, 0) + minute * 60_000);

function message(seq: number, minute: number, author: MessageItem["author"] = "visitor"): MessageItem {
  const none = {
    attachment: null,
    authorId: null,
    editedAt: null,
    removedAt: null,
    removedByName: null,
    change: null,
    delivery: null,
    replyToId: null,
    visitorThumb: null,
    ownThumb: null,
  };
  return {
    ...none,
    id: `m${seq}`,
    seq,
    author,
    authorName: null,
    text: `${seq}`,
    earlier: [],
    citations: [],
    createdAt: at(minute),
    clientId: `c${seq}`,
    isDemoModel: false,
    chargeMicros: null,
  };
}

const note = (id: string, minute: number): NoteItem => ({
  id,
  text: id,
  authorId: "u",
  authorName: "Ben",
  createdAt: at(minute),
  mentions: [],
});

const facts = (more: Partial<ThreadFacts>): ThreadFacts => ({
  messages: [],
  notes: [],
  drafts: [],
  live: null,
  episodes: [],
  endedAt: null,
  isWhole: true,
  firstUnreadSeq: null,
  dayOf: (when) => when.toISOString().slice(0, 10),
  ...more,
});

const shape = (more: Partial<ThreadFacts>) => threadRows(facts(more)).map(({ key }) => key.replace(/2025-11-/, ""));

describe("a conversation as it is drawn", () => {
  it("puts notes and unsent drafts between the messages by time", () => {
    expect(
      shape({
        messages: [message(1, 0), message(2, 10, "assistant"), message(3, 20)],
        notes: [note("b", 15), note("a", 5), note("z", 90)],
        drafts: [{ id: "d", text: "half", at: at(12) }],
      }),
    ).toEqual(["day:22", "m1", "note:a", "m2", "draft:d", "note:b", "m3", "note:z"]);
  });

  it("ends with what the assistant is writing", () => {
    expect(shape({ messages: [message(1, 0)], notes: [note("a", 5)], live: "It costs" })).toEqual([
      "day:22",
      "m1",
      "note:a",
      "live",
    ]);
  });

  it("keeps a note of the same instant behind the message", () => {
    expect(shape({ messages: [message(1, 0), message(2, 1)], notes: [note("a", 1)] })).toEqual([
      "day:22",
      "m1",
      "m2",
      "note:a",
    ]);
  });

  it("holds notes back that belong before what is loaded", () => {
    const older = { messages: [message(51, 60)], notes: [note("old", 1), note("new", 61)] };
    expect(shape({ ...older, isWhole: false })).toEqual(["day:22", "m51", "note:new"]);
    expect(shape({ ...older, isWhole: true })).toEqual(["day:22", "note:old", "m51", "note:new"]);
  });

  it("names each day once and says who speaks anew on a new day", () => {
    const rows = threadRows(facts({ messages: [message(1, 0), message(2, 719), message(3, 720)] }));
    expect(rows.map(({ key }) => key)).toEqual(["day:2025-11-22", "m1", "m2", "day:2025-11-23", "m3"]);
    expect(rows.at(-1)).toMatchObject({ hasHeader: true });
  });

  it("gives one header to what the same person says within three minutes", () => {
    const rows = threadRows(
      facts({ messages: [message(1, 0), message(2, 2), message(3, 5), message(4, 5, "assistant")] }),
    );
    expect(rows.flatMap((row) => (row.kind === "message" ? [row.hasHeader] : []))).toEqual([true, false, true, true]);
  });

  it("tells two operators apart although both are of the team", () => {
    const anna = { ...message(1, 0, "operator"), authorName: "Anna" };
    const ben = { ...message(2, 1, "operator"), authorName: "Ben" };
    const rows = threadRows(facts({ messages: [anna, ben] }));
    expect(rows.flatMap((row) => (row.kind === "message" ? [row.hasHeader] : []))).toEqual([true, true]);
  });

  it("marks where the unread begins", () => {
    expect(shape({ messages: [message(1, 0), message(2, 1)], firstUnreadSeq: 2 })).toEqual([
      "day:22",
      "m1",
      "unread",
      "m2",
    ]);
  });

  it("is empty without messages", () => expect(shape({})).toEqual([]));
});

describe("the rail", () => {
  const episodes = [
    { beganAt: at(10), takenAt: at(20), endedAt: at(30) },
    { beganAt: at(40), takenAt: null, endedAt: at(50) },
    { beganAt: at(60), takenAt: null, endedAt: null },
  ];

  it.each([
    [0, "ai"],
    [10, "waiting"],
    [19, "waiting"],
    [20, "operator"],
    [30, "ai"],
    [45, "waiting"],
    [50, "ai"],
    [70, "waiting"],
    [81, "none"],
  ] as const)("at minute %i belongs to %s", (minute, holder) => {
    expect(holderAt({ episodes, endedAt: at(80) }, at(minute))).toBe(holder);
  });

  it("has a node at each change and nowhere else", () => {
    const messages = [0, 5, 10, 15, 20, 25, 30, 35].map((minute, n) => message(n + 1, minute));
    const rows = threadRows(facts({ messages, episodes: episodes.slice(0, 1) }));
    expect(rows.flatMap((row) => (row.kind === "message" && row.startsHere ? [row.key] : []))).toEqual([
      "m1",
      "m3",
      "m5",
      "m7",
    ]);
  });
});

it.each([
  [0, null],
  [1, 4],
  [2, 2],
  [9, 1],
])("with %i unread, reading begins at message %s", (count, seq) => {
  const messages = [message(1, 0), message(2, 1), message(3, 2, "system"), message(4, 3)];
  expect(firstUnread(messages, count)).toBe(seq);
});

it.each([
  [1, 0, "51"],
  [50, 0, "51"],
  [51, 1, "101"],
  [10_000, 199, "10001"],
])("message %i is on page %i, which ends before %s", (seq, page, cursor) => {
  expect(pageOf(seq)).toBe(page);
  expect(cursorOf(page)).toBe(cursor);
});
