import { describe, expect, it } from "vitest";
import { createCitationFilter } from "./citations/rules";
import {
  earlierQuestions,
  isFollowUp,
  listQuestions,
  modelMessages,
  openQuestion,
  retrievalQuery,
  type SpokenMessage,
} from "./rules";

const say = (author: SpokenMessage["author"], text: string, seq = 0): SpokenMessage => ({ author, text, seq });

describe("a follow-up", () => {
  it.each([
    "а в Казань?",
    "И сколько это стоит?",
    "почему?",
    "да",
    "And to Kazan?",
    "How much is it?",
    "why?",
    "Сколько?",
    "what about returns",
  ])("«%s» leans on what was said before", (question) => expect(isFollowUp(question)).toBe(true));
  it.each([
    "Сколько стоит доставка?",
    "Какая гарантия на кофемашину?",
    "How much is delivery?",
    "Do you ship to Kazan?",
    "Адрес офиса",
  ])("«%s» stands alone", (question) => expect(isFollowUp(question)).toBe(false));
  it("is searched together with the questions before it, nearest first", () => {
    expect(retrievalQuery("а в Казань?", ["Какая гарантия?", "Сколько стоит доставка?"])).toBe(
      "а в Казань?\nСколько стоит доставка?\nКакая гарантия?",
    );
    expect(retrievalQuery("Какая гарантия?", ["Сколько стоит доставка?"])).toBe("Какая гарантия?");
  });
});

describe("memory", () => {
  const talk = [
    say("visitor", "one"),
    say("assistant", "first"),
    say("system", "notice"),
    say("visitor", "two"),
    say("visitor", "three"),
  ];
  it("takes a burst as one question", () => {
    expect(openQuestion(talk)).toBe("two\nthree");
    expect(earlierQuestions(talk)).toEqual(["one"]);
  });
  it("never gives notices to the model and never two turns of one side in a row", () => {
    expect(modelMessages(talk)).toEqual([
      { role: "user", text: "one" },
      { role: "assistant", text: "first" },
      { role: "user", text: "two\nthree" },
    ]);
  });
  it("keeps the newest questions when the summary is full", () => {
    const summary = listQuestions(
      "- oldest",
      Array.from({ length: 30 }, (_, n) => say("visitor", `question ${n}`)),
      100,
    );
    expect(summary.length).toBeLessThanOrEqual(100);
    expect(summary).toContain("question 29");
    expect(summary).not.toContain("oldest");
  });
});

describe("citations", () => {
  const run = (pieces: string[], count = 3) => {
    const filter = createCitationFilter(count);
    const parts = [...pieces.map((piece) => filter.push(piece)), filter.flush()];
    return { text: parts.map(({ text }) => text).join(""), cited: parts.flatMap(({ cited }) => cited) };
  };
  it.each([
    ["It is 300 [1].", "It is 300 [1].", [1]],
    ["Both [1][3] and [2, 3]", "Both [1][3] and [2][3]", [1, 3, 2]],
    ["Invented [7].", "Invented.", []],
    ["Half [2, 9] true [0]", "Half [2] true", [2]],
    ["Full-width 【1】", "Full-width [1]", [1]],
    [
      "Year [2024], link [docs](https://a.example), todo [x]",
      "Year [2024], link [docs](https://a.example), todo [x]",
      [],
    ],
    ["Open [1", "Open [1", []],
  ])("turns «%s» into «%s»", (text, expected, cited) => expect(run([text])).toEqual({ text: expected, cited }));

  it("come out the same however the text is cut", () => {
    const text = "Costs 300 [1], invented [12] and [2, 7].\n\n- item [3]\n";
    const whole = run([text]);
    for (let size = 1; size < 9; size += 1)
      expect(run(text.match(new RegExp(`[\\s\\S]{1,${size}}`, "g")) ?? [])).toEqual(whole);
  });

  it("shows nothing of a false number, not even for a moment", () => {
    const filter = createCitationFilter(1);
    expect(filter.push("So it is [").text).toBe("So it is");
    expect(filter.push("4").text).toBe("");
    expect(filter.push("2] yes").text).toBe(" yes".replace(/^ /, " "));
  });
});
