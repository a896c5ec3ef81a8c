import { Parser } from "htmlparser2";
import { decodeText } from "./encoding";
import { type Extracted, type ExtractedSection, ExtractionError } from "./document";

const DROPPED = new Set([
  "script",
  "style",
  "noscript",
  "template",
  "svg",
  "iframe",
  "object",
  "nav",
  "head",
  "canvas",
  "select",
  "button",
]);
const BLOCKS = new Set(
  "address article aside blockquote body dd div dl dt fieldset figcaption figure footer form header hr li main ol p pre section table tbody thead tfoot tr ul".split(
    " ",
  ),
);

// The parser's work grows with the square of the depth, and no page that people read is nested like this.
const maxDepth = 5_000;

/** A saved web page: what a reader sees, by headings; scripts, styles and navigation are not text. */
export function extractHtml(bytes: Uint8Array): Extracted {
  return { sections: htmlSections(decodeText(bytes, declaredCharset(bytes))), pageCount: null };
}

/** Sections of an HTML string; a table row becomes one line, its header cells name the values. */
export function htmlSections(html: string): ExtractedSection[] {
  const writer = new SectionWriter();
  let depth = 0;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        depth += isVoid(name) ? 0 : 1;
        if (depth > maxDepth) throw new ExtractionError("too-complex");
        writer.open(name, attributes);
      },
      ontext: (text) => writer.write(text),
      onclosetag: (name) => {
        depth -= isVoid(name) ? 0 : 1;
        writer.close(name);
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(html);
  parser.end();
  return writer.finish();
}

function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString("latin1");
  return /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1] ?? /encoding\s*=\s*["']([\w-]+)/i.exec(head)?.[1];
}

class SectionWriter {
  private readonly sections: ExtractedSection[] = [];
  private readonly path: string[] = [];
  private readonly skipped: string[] = [];
  private readonly tables: TableWriter[] = [];
  private title = "";
  private isTitle = false;
  private headingStart: number | null = null;
  private preDepth = 0;
  private text = "";

  open(name: string, attributes: Record<string, string>): void {
    if (name === "title" && this.tables.length === 0) this.isTitle = true;
    if (DROPPED.has(name) || "hidden" in attributes || attributes["aria-hidden"] === "true") {
      if (!isVoid(name)) this.skipped.push(name);
    }
    if (this.skipped.length > 0) return;
    if (name === "br") this.write("\n", true);
    else if (name === "table") this.openTable();
    else if (this.table !== undefined) this.table.open(name);
    else if (headingLevel(name) !== null) this.openHeading();
    else if (name === "li") this.line("- ");
    else if (BLOCKS.has(name)) this.paragraph();
    if (name === "pre") this.preDepth += 1;
    if (name === "img" && attributes.alt) this.write(` ${attributes.alt} `);
  }

  write(text: string, isVerbatim = this.preDepth > 0): void {
    if (this.isTitle) this.title += text;
    if (this.skipped.length > 0) return;
    const shown = isVerbatim ? text : text.replace(/\s+/g, " ");
    if (this.table !== undefined) this.table.write(shown);
    else if (!(shown === " " && /(^|\s)$/.test(this.text)))
      this.text += /\n$/.test(this.text) ? shown.trimStart() || (isVerbatim ? shown : "") : shown;
  }

  close(name: string): void {
    if (name === "title") this.isTitle = false;
    if (this.skipped.length > 0) {
      if (this.skipped.at(-1) === name) this.skipped.pop();
      return;
    }
    if (name === "pre") this.preDepth = Math.max(0, this.preDepth - 1);
    if (name === "table") this.closeTable();
    else if (this.table !== undefined) this.table.close(name);
    else if (headingLevel(name) !== null) this.closeHeading(headingLevel(name) ?? 1);
    else if (BLOCKS.has(name) && name !== "li") this.paragraph();
  }

  finish(): ExtractedSection[] {
    while (this.table !== undefined) this.closeTable();
    this.flush();
    const title = this.title.replace(/\s+/g, " ").trim();
    if (title === "" || this.sections.some((section) => section.heading[0] === title)) return this.sections;
    return this.sections.map((section) => ({ ...section, heading: [title, ...section.heading] }));
  }

  private get table(): TableWriter | undefined {
    return this.tables.at(-1);
  }

  private openTable(): void {
    if (this.tables.length === 0) this.flush();
    this.tables.push(new TableWriter());
  }

  private closeTable(): void {
    const rendered = this.tables.pop()?.render() ?? "";
    if (this.table !== undefined) this.table.write(` ${rendered.replaceAll("\n", "; ")} `);
    else this.push(rendered, true);
  }

  private openHeading(): void {
    this.flush();
    this.headingStart = this.text.length;
  }

  private closeHeading(level: number): void {
    if (this.headingStart === null) return;
    this.path.length = level - 1;
    this.path[level - 1] = this.text.slice(this.headingStart).replace(/\s+/g, " ").trim();
    this.headingStart = null;
    this.line("");
  }

  private line(prefix: string): void {
    this.text = `${this.text.replace(/[ \t]+$/, "")}${this.text === "" || this.text.endsWith("\n") ? "" : "\n"}${prefix}`;
  }

  private paragraph(): void {
    if (this.text !== "" && !this.text.endsWith("\n\n") && !this.text.endsWith("- "))
      this.text = `${this.text.trimEnd()}\n\n`;
  }

  private flush(): void {
    this.push(this.text, false);
    this.text = "";
  }

  private push(text: string, isRows: boolean): void {
    if (text.trim() !== "") this.sections.push({ heading: this.path.filter(Boolean), text, page: null, isRows });
  }
}

class TableWriter {
  private readonly rows: { cells: string[]; isHeader: boolean }[] = [];
  private cell: string | null = null;

  open(name: string): void {
    if (name === "tr") this.rows.push({ cells: [], isHeader: true });
    else if (name === "td" || name === "th") {
      this.endCell();
      if (this.rows.length === 0) this.rows.push({ cells: [], isHeader: true });
      const row = this.rows.at(-1);
      if (row !== undefined && name === "td") row.isHeader = false;
      this.cell = "";
    } else if (BLOCKS.has(name)) this.write(" ");
  }

  write(text: string): void {
    if (this.cell !== null) this.cell += text;
    else if (text.trim() !== "") this.rows.push({ cells: [text.trim()], isHeader: false });
  }

  close(name: string): void {
    if (name === "td" || name === "th" || name === "tr") this.endCell();
  }

  render(): string {
    this.endCell();
    const [first, ...rest] = this.rows;
    const hasHeader = first !== undefined && first.isHeader && first.cells.length > 1 && rest.length > 0;
    const rows = hasHeader ? rest : this.rows;
    return rows
      .map((row) => renderRow(row.cells, hasHeader ? first.cells : []))
      .filter(Boolean)
      .join("\n");
  }

  private endCell(): void {
    if (this.cell === null) return;
    this.rows.at(-1)?.cells.push(this.cell.replace(/\s+/g, " ").trim());
    this.cell = null;
  }
}

/** A record as a line that can be found by any of its facts: "Header: value; Header: value". */
export function renderRow(cells: string[], headers: string[]): string {
  return cells
    .map((cell, index) => (cell === "" ? "" : headers[index] ? `${headers[index]}: ${cell}` : cell))
    .filter(Boolean)
    .join("; ");
}

function headingLevel(name: string): number | null {
  return /^h[1-6]$/.test(name) ? Number(name.slice(1)) : null;
}

const isVoid = (name: string) =>
  ["img", "br", "hr", "input", "meta", "link", "source", "wbr", "area", "col", "embed", "base"].includes(name);
