import { describe, expect, it } from "vitest";
import { summarizeTalk } from "./rules";

describe("what people agreed", () => {
  it("leaves out the request for a person: it is settled", () => {
    expect(summarizeTalk([{ author: "visitor", text: "Call a manager" }])).toBe("");
  });

  it("names who said what and leaves the system out", () => {
    const talk = [
      { author: "visitor", text: "Order 1841\nis late" },
      { author: "system", text: "Joined" },
      { author: "assistant", text: "I do not know" },
      { author: "operator", text: "It comes on Friday." },
    ] as const;
    expect(summarizeTalk(talk)).toBe(
      "- visitor: Order 1841 is late\n- assistant: I do not know\n- operator: It comes on Friday.",
    );
  });

  it("keeps the newest lines when room is short", () => {
    const talk = Array.from({ length: 50 }, (_, n) => ({
      author: "operator" as const,
      text: `line ${n} ${"x".repeat(90)}`,
    }));
    const summary = summarizeTalk(talk, undefined, 500);
    expect(summary.length).toBeLessThanOrEqual(500);
    expect(summary).toContain("line 49");
    expect(summary).not.toContain("line 1 ");
  });
});
