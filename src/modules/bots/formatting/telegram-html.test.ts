import { describe, expect, it } from "vitest";
import { parseTelegramHtml } from "../../../../e2e/fakes/telegram-html";
import { formatAnswer } from "./telegram-html";

const html = (markdown: string) =>
  formatAnswer(markdown)
    .map((part) => part.html)
    .join("\n---\n");
const words = (text: string) => text.replaceAll(/\s+/g, "");

describe("markdown becomes Telegram HTML", () => {
  it.each([
    ["plain text", "Hello, world", "Hello, world"],
    ["bold and italic", "**now** and *soon*", "<b>now</b> and <i>soon</i>"],
    ["bold inside italic", "*a **b** c*", "<i>a <b>b</b> c</i>"],
    ["strikethrough", "~~old~~ price", "<s>old</s> price"],
    ["headings", "## Delivery\n\nTwo days", "<b>Delivery</b>\n\nTwo days"],
    ["inline code with markup in it", "run `a < b && **c**`", "run <code>a &lt; b &amp;&amp; **c**</code>"],
    ["bold code, where only the code survives", "**see `x`**", "<b>see </b><code>x</code>"],
    [
      "code blocks with a language",
      "```ts\nconst a = 1 < 2;\n```",
      '<pre><code class="language-ts">const a = 1 &lt; 2;</code></pre>',
    ],
    ["code blocks with a hostile language", '```"><b>\nx\n```', "<pre>&quot;&gt;&lt;b&gt;\nx</pre>"],
    ["links", "[shop](https://a.ru/?a=1&b=2)", '<a href="https://a.ru/?a=1&amp;b=2">shop</a>'],
    ["links around code, where the link survives", "[`npm`](https://n.ru)", '<a href="https://n.ru">npm</a>'],
    ["bare links", "see https://a.ru now", "see https://a.ru now"],
    ["links to a phone number", "[Call](tel:+79001234567)", "Call (+79001234567)"],
    ["phone numbers that are links to themselves", "[+7 900 123-45-67](tel:+79001234567)", "+7 900 123-45-67"],
    ["links to an e-mail address", "[Write](mailto:a@b.ru) or a@c.ru", "Write (a@b.ru) or a@c.ru"],
    ["links to a host without a dot", "[here](http://localhost:3000/x.y)", "here (http://localhost:3000/x.y)"],
    ["scripted links", "[x](javascript:alert(1))", "x (javascript:alert(1))"],
    ["links without words", "[](https://a.ru)", " (https://a.ru)".trim()],
    ["images", "![plan](https://a.ru/p.png)", "plan (https://a.ru/p.png)"],
    ["bullet lists", "- one\n- two", "• one\n• two"],
    ["numbers of lists, which stay numbers", "3. three\n4. four", "3. three\n4. four"],
    ["numbers in prose, which are no lists", "Costs 100. 200 is more", "Costs 100. 200 is more"],
    ["nested lists", "- a\n  - b\n- c", "• a\n   • b\n• c"],
    ["task lists", "- [x] done\n- [ ] open", "☑ done\n☐ open"],
    ["task lists with lines between", "- [x] done\n\n- [ ] open", "☑ done\n☐ open"],
    ["quotes", "> a\n>\n> b", "<blockquote>a\n\nb</blockquote>"],
    ["quotes inside quotes", "> a\n> > b", "<blockquote>a\n\nb</blockquote>"],
    ["raw HTML", "a <b>b</b> <script>x</script>", "a &lt;b&gt;b&lt;/b&gt; &lt;script&gt;x&lt;/script&gt;"],
    ["blocks of raw HTML", "<div>\nx\n</div>", "&lt;div&gt;\nx\n&lt;/div&gt;"],
    ["character references", "5 &lt; 6 &amp;amp; &copyx;", "5 &lt; 6 &amp;amp; &amp;copyx;"],
    ["single marks", "a _ b * c", "a _ b * c"],
    ["words with underscores", "snake_case_name", "snake_case_name"],
    ["citations", "Two days [1].", "Two days [1]."],
    ["escapes", "\\*not bold\\*", "*not bold*"],
    ["tables", "| a | b |\n|---|---|\n| 1 | 22 |", "<pre>a │ b\n──┼───\n1 │ 22</pre>"],
    [
      "tables with marks in their cells",
      "| **Plan** | `Key` |\n|---|---|\n| [Pro](https://a.ru) | *x<br>y* \\| z |",
      "<pre>Plan               │ Key\n───────────────────┼────────\nPro (https://a.ru) │ x y | z</pre>",
    ],
    ["line breaks of HTML", "a<br>b<BR/>c\n\n<br>\n\nd", "a\nb\nc\n\nd"],
    ["emoji and ё", "Ёлка 🎄", "Ёлка 🎄"],
  ])("%s", (_, markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  it("turns a table that is too wide for a phone into lines", () => {
    const wide = `| Item | Text |\n|---|---|\n| A | ${"word ".repeat(12).trim()} |`;
    expect(formatAnswer(wide)[0]?.plain).toBe(`Item: A\nText: ${"word ".repeat(12).trim()}`);
  });

  it("puts at most three sources into one quote that opens on demand", () => {
    const sources = [1, 2, 3, 4].map((n) => ({ n, title: `Doc <${n}>` }));
    expect(formatAnswer("Yes [1]", sources, "Sources")[0]?.html).toBe(
      "Yes [1]\n\n<blockquote expandable>Sources\n[1] Doc &lt;1&gt;\n[2] Doc &lt;2&gt;\n[3] Doc &lt;3&gt;</blockquote>",
    );
  });

  it.each(["#", ">", "![]()", "&#8203;"])("sends signs without words as they were written: %s", (signs) => {
    expect(formatAnswer(signs).map(({ plain }) => plain)).toEqual([signs]);
  });

  it("sends nothing for a text that shows nothing", () => {
    expect(formatAnswer("")).toEqual([]);
    expect(formatAnswer(" \n\u200b\n ")).toEqual([]);
  });
});

describe("long answers", () => {
  it("are cut between paragraphs and keep their formatting", () => {
    const paragraph = `**${"слово ".repeat(400).trim()}**`;
    const parts = formatAnswer([paragraph, paragraph, paragraph].join("\n\n"));
    expect(parts).toHaveLength(3);
    for (const part of parts) expect(part.html).toMatch(/^<b>слово .*слово<\/b>$/);
  });

  it("close and open a code block at the cut and keep the indentation", () => {
    const code = Array.from({ length: 400 }, (_, line) => `    line ${line};`).join("\n");
    const parts = formatAnswer(`\`\`\`py\n${code}\n\`\`\``);
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts)
      expect(part.html).toMatch(/^<pre><code class="language-py"> {4}line .*;<\/code><\/pre>$/s);
    expect(parts.map(({ plain }) => plain).join("\n")).toBe(code);
  });

  it.each(['"', "&", "<"])("have room for words beside an address of %s, which grows when it is escaped", (mark) => {
    const parts = formatAnswer(
      `[${"слово ".repeat(500)}](<https://a.ru/${(mark === "<" ? "\\<" : mark).repeat(680)}>)`,
    );
    expect(parts.length).toBeLessThanOrEqual(3);
    expect(words(parts.map(({ plain }) => plain).join(""))).toBe(
      `${"слово".repeat(500)}(https://a.ru/${mark.repeat(680)})`,
    );
  });

  it("never cut inside a character", () => {
    const family = "👩‍👩‍👧‍👦";
    const parts = formatAnswer(family.repeat(900));
    expect(parts.map(({ plain }) => plain).join("")).toBe(family.repeat(900));
    for (const { plain } of parts) expect(plain.length % family.length).toBe(0);
  });

  const scraps = [
    "**",
    "*",
    "_",
    "__",
    "~~",
    "`",
    "```\n",
    "```js\n",
    "\n",
    "\n\n",
    "> ",
    ">> ",
    "- ",
    "1. ",
    "# ",
    "| a | b |\n|---|---|\n| ",
    " | ",
    "[x](",
    "https://a.ru/?q=<&>",
    ")",
    "![",
    "](",
    "<b>",
    "</i>",
    "<pre>",
    "&lt;",
    "&",
    "\\",
    "[1]",
    "[1]: https://a.ru\n",
    "слово ",
    "word. ",
    "🎄",
    "👩‍👩‍👧",
    "ё",
    "    ",
    "\t",
    "<script>alert(1)</script>",
    "\u0000",
    "\u200b",
  ];

  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    "of hostile markdown arrive complete, in order and valid (seed %i)",
    (seed) => {
      const random = mulberry(seed);
      const length = 1 + Math.floor(random() * 20_000);
      let source = "";
      while (source.length < length)
        source +=
          random() < 0.4 ? `w${Math.floor(random() * 1e6)} ` : (scraps[Math.floor(random() * scraps.length)] ?? "");
      const parts = formatAnswer(source.slice(0, 20_000));
      for (const part of parts) {
        expect(part.html.length).toBeLessThanOrEqual(4096);
        expect(parseTelegramHtml(part.html)).toBe(part.plain);
        expect(part.plain.trim()).not.toBe("");
      }
      const arrived = words(parts.map(({ plain }) => plain).join(""));
      let at = 0;
      for (const [word] of source.slice(0, 20_000).matchAll(/w\d+(?= )/g)) {
        const found = arrived.indexOf(word, at);
        expect(found, word).toBeGreaterThanOrEqual(at);
        at = found + word.length;
      }
    },
  );

  it.each([
    ["brackets", "[".repeat(20_000)],
    ["stars", "*a **b ".repeat(2_800)],
    ["nested quotes", `${">".repeat(10_000)} deep`],
    ["nested lists", Array.from({ length: 150 }, (_, depth) => `${" ".repeat(depth * 2)}- x`).join("\n")],
    ["backticks", "`".repeat(20_000)],
    ["underscores", "_".repeat(20_000)],
    ["pipes", "|a".repeat(10_000)],
    ["line breaks", `${"\\\n".repeat(19_998 / 2)}a`],
    ["angle brackets", "<".repeat(20_000)],
    ["links", "[a](".repeat(5_000)],
    ["images", "![](".repeat(5_000)],
    ["escapes", '&<>"'.repeat(5_000)],
  ])("of thousands of %s are formatted within a second", (_, markdown) => {
    const startedAt = performance.now();
    const parts = formatAnswer(markdown);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    for (const part of parts) expect(() => parseTelegramHtml(part.html)).not.toThrow();
    expect(parts.length).toBeGreaterThan(0);
  });
});

/** A small seeded generator, so that a failing text can be made again. */
function mulberry(seed: number): () => number {
  let state = seed + 0x6d2b79f5;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
