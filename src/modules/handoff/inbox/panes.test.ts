import { describe, expect, it } from "vitest";
import { paneWidth, readPanes, USUAL_PANES, writePanes } from "./panes";

describe("the panes of the inbox", () => {
  it.each([
    { listPx: 260, contextPx: 480, isContextClosed: false },
    { listPx: 320, contextPx: 340, isContextClosed: true },
  ])("come back as they were left", (panes) => {
    expect(readPanes(writePanes(panes))).toEqual(panes);
  });

  it.each([undefined, "", "320", "320-", "-320-320", "320-320-open", "320-320-closed;x", "1e3-320", "99999-320"])(
    "are the usual ones for a cookie that nobody wrote (%s)",
    (cookie) => {
      expect(readPanes(cookie)).toEqual(USUAL_PANES);
    },
  );

  it("stay usable whatever is asked", () => {
    expect(readPanes("0-9999")).toEqual({ listPx: 260, contextPx: 480, isContextClosed: false });
    expect([-5, 309.4, 1e9, Number.NaN].map(paneWidth)).toEqual([260, 300, 480, 320]);
  });
});
