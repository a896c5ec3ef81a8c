import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import type { FileType } from "../../limits";
import { docx, text } from "../fixtures/testing-files";
import { assembleText } from "../../text/chunking";
import { EXTRACTORS } from "./extractors";

async function read(type: FileType, bytes: Uint8Array): Promise<string> {
  return assembleText((await EXTRACTORS[type](bytes, () => undefined)).sections).text;
}

const russian = "Съешь ещё этих мягких французских булок, да выпей чаю.";

describe("encodings", () => {
  it.each(["utf8", "utf16le", "utf16be", "windows-1251", "koi8-r"])("reads Russian text in %s", async (encoding) => {
    expect(await read("txt", iconv.encode(russian, encoding))).toBe(russian);
  });

  it.each(["utf8", "utf16le", "utf16be"])("drops the byte order mark of %s", async (encoding) => {
    expect(await read("txt", iconv.encode(russian, encoding, { addBOM: true }))).toBe(russian);
  });

  it("reads a short windows-1251 text", async () => {
    expect(await read("txt", iconv.encode("Телефон: 8 800", "windows-1251"))).toBe("Телефон: 8 800");
  });

  it("reads western text that is not UTF-8", async () => {
    expect(await read("txt", iconv.encode("Café à Genève, déjà ouvert depuis longtemps", "windows-1252"))).toContain(
      "Café à Genève",
    );
  });
});

describe("html", () => {
  it("keeps what a reader sees and drops scripts, styles and navigation", async () => {
    const page = `<title>Shop</title><nav>Home</nav><h1>Prices</h1><p>Tea &amp; cake: 5&nbsp;€ &lt;today&gt;</p><script>evil()</script><style>p{}</style><p hidden>secret</p>`;
    const found = await read("html", text(page));
    expect(found).toContain("Prices");
    expect(found).toContain("Tea & cake: 5 € <today>");
    expect(found).not.toMatch(/evil|secret|Home|p\{\}/);
  });

  it("names the values of a table by their columns", async () => {
    const page = "<table><tr><th>Size</th><th>Price</th></tr><tr><td>XL</td><td>900</td></tr></table>";
    expect(await read("html", text(page))).toBe("Size: XL; Price: 900");
  });

  it("keeps list items on lines of their own", async () => {
    expect(await read("html", text("<ul><li>one</li><li>two</li></ul>"))).toBe("- one\n- two");
  });

  it("survives unclosed and nested tags", async () => {
    expect(await read("html", text("<div><p>a<table><tr><td>b<td>c</div>d"))).toMatch(/a[\s\S]*b; c/);
  });

  it("knows the heading of each part", async () => {
    const { sections } = await EXTRACTORS.html(
      text("<h1>A</h1><p>1</p><h2>B</h2><p>2</p><h1>C</h1><p>3</p>"),
      () => undefined,
    );
    expect(sections.map(({ heading }) => heading)).toEqual([["A"], ["A", "B"], ["C"]]);
  });
});

describe("csv", () => {
  it.each([",", ";", "\t", "|"])("finds the separator %j", async (separator) => {
    expect(await read("csv", text(`Name${separator}Price\nTea${separator}5\n`))).toBe(
      "Name; Price\nName: Tea; Price: 5",
    );
  });

  it("keeps quoted separators and line breaks inside their cell", async () => {
    expect(await read("csv", text('Name,Note\nTea,"hot, strong\nand sweet"\n'))).toContain(
      "Note: hot, strong and sweet",
    );
  });

  it("reads lines with stray quotes", async () => {
    expect(await read("csv", text('Name,Size\nScreen 15" wide,big\n'))).toContain('Screen 15" wide');
  });
});

describe("json", () => {
  it.each([
    ['{"shop":{"phone":"+1","tags":["a","b"]}}', "shop.phone: +1\nshop.tags: a, b"],
    ['[{"city":"Tula","rooms":3},{"city":"Omsk","rooms":null}]', "city: Tula; rooms: 3\ncity: Omsk"],
    ['{"a":1}\n{"a":2}\n', "a: 1\na: 2"],
    ['"just text"', "just text"],
  ])("%s", async (given, expected) => {
    expect(await read("json", text(given))).toBe(expected);
  });

  it("says that broken data is damaged", async () => {
    await expect(read("json", text('{"a":'))).rejects.toMatchObject({ reason: "damaged" });
  });
});

describe("markdown", () => {
  it("cuts at headings but not inside code, and changes nothing", async () => {
    const source = "# A\n\ntext\n\n```\n# not a heading\n```\n\nB\n===\n\nmore";
    const { sections } = await EXTRACTORS.md(text(source), () => undefined);
    expect(sections.map(({ heading }) => heading)).toEqual([["A"], ["B"]]);
    expect(await read("md", text(source))).toBe(source);
  });
});

describe("docx", () => {
  it("keeps text with brackets and emoji and knows headings", async () => {
    const { sections } = await EXTRACTORS.docx(await docx("Глава <1>", "Ёж & «уж» 😀 url(x)"), () => undefined);
    expect(sections[0]).toMatchObject({ heading: ["Глава <1>"] });
    expect(sections[0]?.text).toContain("Ёж & «уж» 😀 url(x)");
  });
});
