import { describe, expect, it } from "vitest";
import { DraftBox } from "./draft-box";

function fakePlace() {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
}

describe("a draft in the browser", () => {
  it("survives a reload before the server knows it", () => {
    const place = fakePlace();
    new DraftBox("k", place, () => 100).type("Good after");
    const again = new DraftBox("k", place, () => 200);
    expect(again.text()).toBe("Good after");
    expect(again.unsaved()).toEqual({ text: "Good after", revision: 100 });
  });

  it("takes newer words of another device and keeps its own newer ones", () => {
    const box = new DraftBox("k", fakePlace(), () => 100);
    box.type("mine");
    box.receive({ text: "older", revision: 50 });
    expect(box.text()).toBe("mine");
    box.receive({ text: "newer", revision: 150 });
    expect([box.text(), box.unsaved()]).toEqual(["newer", null]);
    box.type("mine again");
    expect(box.unsaved()).toEqual({ text: "mine again", revision: 151 });
  });

  it("rises with every change, even when the clock stands still or goes back", () => {
    let at = 100;
    const box = new DraftBox("k", fakePlace(), () => at);
    box.type("a");
    at = 50;
    box.type("ab");
    expect(box.unsaved()?.revision).toBe(101);
  });

  it("that was taken to be sent does not come back after a reload, although the server still has it", () => {
    const place = fakePlace();
    const box = new DraftBox("k", place, () => 100);
    box.type("Good afternoon");
    box.confirm(100);
    expect(box.take()).toEqual({ text: "Good afternoon", revision: 101 });
    const again = new DraftBox("k", place, () => 200);
    again.receive({ text: "Good afternoon", revision: 100 });
    expect(again.text()).toBe("");
    again.receive({ text: "", revision: 101 });
    expect(place.values.size).toBe(0);
  });

  it("tells who listens", () => {
    const box = new DraftBox("k", fakePlace());
    let heard = 0;
    const stop = box.subscribe(() => (heard += 1));
    box.type("a");
    stop();
    box.type("b");
    expect(heard).toBe(1);
  });

  it.each(["{", "null", '{"text":1}', "7"])("begins empty when the browser kept nonsense: %s", (stored) => {
    const place = fakePlace();
    place.setItem("k", stored);
    expect(new DraftBox("k", place).text()).toBe("");
  });
});
