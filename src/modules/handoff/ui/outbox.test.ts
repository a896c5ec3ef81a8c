import { describe, expect, it } from "vitest";
import { type Attempt, attemptOf, type Kept, Outbox, type Outgoing } from "./outbox";

function fakeStorage(): Kept & { values: Map<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    key: (index) => [...values.keys()][index] ?? null,
    get length() {
      return values.size;
    },
  };
}

function fakePost(answer: (message: Outgoing, attempt: number) => Attempt) {
  const sent: string[] = [];
  const send = async (message: Outgoing) => {
    sent.push(message.text);
    return answer(message, sent.length);
  };
  return {
    sent,
    send,
    // As the server: an answer that does not come ends the whole request.
    sendTogether: async (messages: readonly Outgoing[]) => {
      const attempts: Attempt[] = [];
      for (const message of messages) {
        const attempt = await send(message);
        if (attempt.kind === "later") return [attempt];
        attempts.push(attempt);
      }
      return attempts;
    },
    untilWorthwhile: async () => undefined,
    untilShown: async () => undefined,
  };
}

const message = (text: string) => ({
  id: text,
  kind: "reply" as const,
  text,
  file: null,
  takeOver: false,
  sequel: null,
  seenSeq: 7,
  draftRevision: null,
});
const refusal = { code: "CONFLICT", facts: { reason: "colleague-replied" } } as const;
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("messages on their way", () => {
  it("leave in order, each until it is there, through a lost connection", async () => {
    const post = fakePost((_, attempt) => ({ kind: attempt <= 3 ? "later" : "sent" }));
    const outbox = new Outbox("k:", fakeStorage());
    outbox.connect(post);
    for (const text of ["1", "2", "3", "4", "5"]) outbox.add(message(text));
    await settled();
    expect(post.sent).toEqual(["1", "1", "1", "1", "2", "3", "4", "5"]);
    expect(outbox.list()).toEqual([]);
  });

  it("that waited together leave in one request; notes and those that close a dialog go alone", async () => {
    const outbox = new Outbox("k:", fakeStorage());
    const requests: string[][] = [];
    const texts = [..."abcdefghijkl"];
    for (const text of texts) outbox.add(message(text));
    outbox.add({ ...message("note"), kind: "note" });
    outbox.add({ ...message("closes"), sequel: { kind: "close" } });
    outbox.connect({
      ...fakePost(() => ({ kind: "sent" })),
      send: async ({ text }) => (requests.push([text]), { kind: "sent" }),
      sendTogether: async (all) => (requests.push(all.map(({ text }) => text)), all.map(() => ({ kind: "sent" }))),
    });
    await settled();
    expect(requests).toEqual([texts.slice(0, 10), texts.slice(10), ["note"], ["closes"]]);
    expect(outbox.list()).toEqual([]);
  });

  it("survive a reload in their order and go on under the same ids", async () => {
    const storage = fakeStorage();
    const before = new Outbox("k:", storage);
    for (const text of ["b", "a", "c"]) before.add(message(text));
    const after = new Outbox("k:", storage);
    const post = fakePost(() => ({ kind: "sent" }));
    after.connect(post);
    await settled();
    expect(post.sent).toEqual(["b", "a", "c"]);
    expect(storage.values.size).toBe(0);
  });

  it("of two tabs are all kept, whichever tab wrote last", () => {
    const storage = fakeStorage();
    const [one, other] = [new Outbox("k:", storage), new Outbox("k:", storage)];
    one.add(message("one"));
    other.add(message("other"));
    expect(new Outbox("k:", storage).list().map(({ text }) => text)).toEqual(["one", "other"]);
    expect(new Outbox("l:", storage).list()).toEqual([]);
  });

  it("stay with the reason when they are refused, without holding up the next", async () => {
    const post = fakePost(({ text }) => (text === "no" ? { kind: "refused", refusal } : { kind: "sent" }));
    const outbox = new Outbox("k:", fakeStorage());
    outbox.connect(post);
    outbox.add(message("no"));
    outbox.add(message("yes"));
    await settled();
    expect(outbox.list()).toMatchObject([{ text: "no", refusal, isSent: false }]);
    outbox.remove("no");
    expect(outbox.list()).toEqual([]);
  });

  it("that a colleague's reply held up leave together and in order once their author insists", async () => {
    const post = fakePost(({ seenSeq }) => (seenSeq === null ? { kind: "sent" } : { kind: "refused", refusal }));
    const outbox = new Outbox("k:", fakeStorage());
    outbox.connect(post);
    for (const text of ["1", "2", "3"]) outbox.add(message(text));
    await settled();
    expect(outbox.list()).toHaveLength(3);
    outbox.retry("2");
    await settled();
    expect(post.sent.slice(3)).toEqual(["1", "2", "3"]);
    expect(outbox.list()).toEqual([]);
  });

  it("that were sent say what was refused behind them, and are never sent again", async () => {
    const storage = fakeStorage();
    const post = fakePost(() => ({ kind: "sent", remark: refusal }));
    const outbox = new Outbox("k:", storage);
    outbox.connect(post);
    outbox.add(message("closes"));
    await settled();
    expect(outbox.list()).toMatchObject([{ isSent: true, refusal }]);
    expect(storage.values.size).toBe(0);
  });

  it("live on in the page when the browser has no room", async () => {
    const full = { ...fakeStorage(), setItem: () => assertRoom() };
    const post = fakePost(() => ({ kind: "sent" }));
    const outbox = new Outbox("k:", full);
    outbox.add(message("kept"));
    outbox.connect(post);
    await settled();
    expect(post.sent).toEqual(["kept"]);
  });

  it("that the server keeps failing on leave in order or not at all: together they ask their author", async () => {
    const pauses: number[] = [];
    let isBroken = true;
    const post = fakePost(() => (isBroken ? attemptOf({ code: "INTERNAL", facts: {} }) : { kind: "sent" }));
    const outbox = new Outbox("k:", fakeStorage());
    outbox.connect({ ...post, untilWorthwhile: async (afterMs) => void pauses.push(afterMs) });
    for (const text of ["1", "2", "3"]) outbox.add(message(text));
    await settled();
    expect(new Set(post.sent)).toEqual(new Set(["1"]));
    expect(pauses).toEqual([700, 1_400, 2_800, 5_600, 11_200, 20_000]);
    expect(outbox.list().map(({ refusal: why }) => why?.code)).toEqual(["INTERNAL", "INTERNAL", "INTERNAL"]);
    isBroken = false;
    const before = post.sent.length;
    outbox.retry("2");
    await settled();
    expect(post.sent.slice(before)).toEqual(["1", "2", "3"]);
  });

  it("wait for a network that is gone as long as it takes, and for a person to sign in again", async () => {
    const answers: Attempt[] = [
      ...Array.from({ length: 100 }, () => attemptOf(null)),
      ...Array.from({ length: 20 }, () => attemptOf({ code: "UNAUTHORIZED", facts: {} })),
    ];
    const post = fakePost((_, attempt) => answers[attempt - 1] ?? { kind: "sent" });
    const outbox = new Outbox("k:", fakeStorage());
    outbox.connect(post);
    outbox.add(message("1"));
    await settled();
    expect([post.sent.length, outbox.list()]).toEqual([121, []]);
  });

  it("that another tab has sent are no longer offered for sending here", async () => {
    const storage = fakeStorage();
    const [one, other] = [new Outbox("k:", storage), new Outbox("k:", storage)];
    const refusing = fakePost(({ seenSeq }) => (seenSeq === null ? { kind: "sent" } : { kind: "refused", refusal }));
    other.connect(refusing);
    other.add(message("1"));
    await settled();
    const late = new Outbox("k:", storage);
    expect(late.list()).toMatchObject([{ text: "1", refusal }]);
    other.retry("1");
    await settled();
    late.forget("1");
    expect([one.list(), other.list(), late.list()]).toEqual([[], [], []]);
  });

  it.each(["{", "null", '{"id":1}', '"text"'])("begin empty when the browser kept nonsense: %s", (stored) => {
    const storage = fakeStorage();
    storage.setItem("k:1", stored);
    expect(new Outbox("k:", storage).list()).toEqual([]);
  });
});

function assertRoom(): never {
  throw new DOMException("full", "QuotaExceededError");
}
