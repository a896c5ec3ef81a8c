import { describe, expect, it } from "vitest";
import { type Attempt, Outbox, type Outgoing } from "./outbox";

function fakeStorage() {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
}

function fakePost(answer: (message: Outgoing, attempt: number) => Attempt) {
  const sent: string[] = [];
  return {
    sent,
    send: async (message: Outgoing) => {
      sent.push(message.text);
      return answer(message, sent.length);
    },
    untilWorthwhile: async () => undefined,
  };
}

const message = (text: string) => ({ id: text, text, takeOver: false });
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("replies on their way", () => {
  it("leave in order, each until it is there, through a lost connection", async () => {
    const post = fakePost((_, attempt) => ({ kind: attempt <= 3 ? "later" : "sent" }));
    const outbox = new Outbox("k", fakeStorage());
    outbox.connect(post);
    for (const text of ["1", "2", "3", "4", "5"]) outbox.add(message(text));
    await settled();
    expect(post.sent).toEqual(["1", "1", "1", "1", "2", "3", "4", "5"]);
    expect(outbox.list()).toEqual([]);
  });

  it("survive a reload and go on under the same id", async () => {
    const storage = fakeStorage();
    const before = new Outbox("k", storage);
    before.add(message("kept"));
    const after = new Outbox("k", storage);
    const post = fakePost(() => ({ kind: "sent" }));
    after.connect(post);
    await settled();
    expect(post.sent).toEqual(["kept"]);
    expect(storage.values.size).toBe(0);
  });

  it("stay with the reason when they are refused, without holding up the next", async () => {
    const post = fakePost(({ text }) => (text === "no" ? { kind: "refused", why: "Taken" } : { kind: "sent" }));
    const outbox = new Outbox("k", fakeStorage());
    outbox.connect(post);
    outbox.add(message("no"));
    outbox.add(message("yes"));
    await settled();
    expect(outbox.list()).toEqual([{ ...message("no"), refusal: "Taken" }]);
    outbox.retry("no");
    await settled();
    expect(post.sent).toEqual(["no", "yes", "no"]);
    outbox.remove("no");
    expect(outbox.list()).toEqual([]);
  });

  it.each(["{", "null", '[{"id":1}]', '"text"'])("begin empty when the browser kept nonsense: %s", (stored) => {
    const storage = fakeStorage();
    storage.setItem("k", stored);
    expect(new Outbox("k", storage).list()).toEqual([]);
  });
});
