import { describe, expect, it } from "vitest";
import type { WorkspaceEvent } from "@/modules/realtime/contract";
import { makeHints } from "./hints";

const event = (seq: number, type = "message.new"): WorkspaceEvent => ({ seq, type, ids: {} });

function givenTab({ startSeq = 0, stored = [] as WorkspaceEvent[] } = {}) {
  const heard: WorkspaceEvent[] = [];
  const asked: number[] = [];
  const hints = makeHints({
    startSeq,
    ask: async (afterSeq) => {
      asked.push(afterSeq);
      return stored.filter(({ seq, type }) => type === "reset" || seq > afterSeq);
    },
    onEvent: (one) => heard.push(one),
    onLife: () => undefined,
  });
  return { hints, heard, asked, stored, seqs: () => heard.map(({ seq }) => seq) };
}

describe("the hints of a tab", () => {
  it("come once each, however often they are sent", async () => {
    const tab = givenTab();
    for (const seq of [1, 1, 2, 1, 2, 3]) await tab.hints.hearHint(event(seq));
    expect(tab.seqs()).toEqual([1, 2, 3]);
    expect(tab.asked).toEqual([]);
  });

  it("are asked for when some are missing, and come in order", async () => {
    const tab = givenTab({ startSeq: 2, stored: [3, 4, 5].map((seq) => event(seq)) });
    await tab.hints.hearHint(event(5));
    expect(tab.seqs()).toEqual([3, 4, 5]);
    expect(tab.asked).toEqual([2]);
  });

  it("are asked for again when the first answer was given before the hint", async () => {
    const tab = givenTab({ stored: [event(1), event(2)] });
    const first = tab.hints.hearHint(event(2));
    tab.stored.push(event(3), event(4));
    await Promise.all([first, tab.hints.hearHint(event(4))]);
    expect(tab.seqs()).toEqual([1, 2, 3, 4]);
  });

  it("are asked for when the workspace stands further than the tab", async () => {
    const tab = givenTab({ startSeq: 1, stored: [event(2)] });
    await tab.hints.hearHint(event(2, "connected"));
    expect(tab.seqs()).toEqual([2]);
    await tab.hints.hearHint(event(2, "connected"));
    expect(tab.asked).toEqual([1]);
  });

  it("begin anew after a reset, also with a lower number", async () => {
    const tab = givenTab({ startSeq: 900, stored: [event(7, "reset")] });
    await tab.hints.catchUp();
    await tab.hints.hearHint(event(8));
    expect(tab.seqs()).toEqual([7, 8]);
  });

  it("that are signals pass through and count for nothing", async () => {
    const tab = givenTab({ startSeq: 4 });
    await tab.hints.hearHint({ type: "typing.start", ids: {} });
    expect(tab.heard).toEqual([{ seq: 4, type: "typing.start", ids: {} }]);
    await tab.hints.hearHint(event(5));
    expect(tab.seqs()).toEqual([4, 5]);
  });
});
