import { describe, expect, it } from "vitest";
import { afterAct, nextExpiryMs, nobody, toAct, withoutExpired, type ActSignal } from "./rules";

const signal = (act: "viewing" | "typing", isOver = false, userId = "ben"): ActSignal => ({
  act,
  isOver,
  dialogId: "d",
  userId,
});

describe("the company in a dialog", () => {
  it("believes a viewer for thirty seconds and somebody who types for six", () => {
    const company = afterAct(afterAct(nobody, signal("viewing"), 0), signal("typing", false, "eva"), 0);
    expect(Object.keys(withoutExpired(company, 5_999).typing)).toEqual(["eva"]);
    expect(withoutExpired(company, 6_000)).toMatchObject({ typing: {}, viewing: { ben: 30_000, eva: 30_000 } });
    expect(withoutExpired(company, 30_000)).toEqual(nobody);
  });

  it("stays as long as it is heard of again", () => {
    const company = afterAct(afterAct(nobody, signal("viewing"), 0), signal("viewing"), 20_000);
    expect(Object.keys(withoutExpired(company, 49_999).viewing)).toEqual(["ben"]);
  });

  it("lets go at once who says so, and who leaves does not type any more", () => {
    const company = afterAct(afterAct(nobody, signal("viewing"), 0), signal("typing"), 0);
    expect(afterAct(company, signal("typing", true), 1)).toMatchObject({ typing: {}, viewing: { ben: 30_000 } });
    expect(afterAct(company, signal("viewing", true), 1)).toEqual(nobody);
  });

  it("knows when it has to be looked at again", () => {
    expect(nextExpiryMs(nobody)).toBeNull();
    expect(nextExpiryMs(afterAct(nobody, signal("typing"), 1_000))).toBe(7_000);
  });

  it("does not draw anew what did not change", () => {
    const company = afterAct(nobody, signal("viewing"), 0);
    expect(withoutExpired(company, 1)).toBe(company);
  });
});

describe("toAct", () => {
  it.each([
    ["typing.start", { act: "typing", isOver: false, dialogId: "d", userId: "u" }],
    ["viewing.stop", { act: "viewing", isOver: true, dialogId: "d", userId: "u" }],
    ["message.new", null],
  ])("reads %s", (type, act) => {
    expect(toAct({ type, ids: { dialogId: "d", userId: "u" } })).toEqual(act);
  });

  it("ignores an act of nobody", () => {
    expect(toAct({ type: "typing.start", ids: { dialogId: "d" } })).toBeNull();
  });
});
