/** One Telegram entity as it is opened and closed; two runs that share the same object are inside one entity. */
export type Mark = { open: string; close: string; kind: "inline" | "link" | "code" | "quote" };

/** A stretch of raw text under the same entities, outermost first. */
export type Run = { text: string; marks: readonly Mark[] };

const inline = (tag: string): Mark => ({ open: `<${tag}>`, close: `</${tag}>`, kind: "inline" });

export const bold = (): Mark => inline("b");
export const italic = (): Mark => inline("i");
export const struck = (): Mark => inline("s");
export const code = (): Mark => ({ open: "<code>", close: "</code>", kind: "code" });
export const quote = (): Mark => ({ open: "<blockquote>", close: "</blockquote>", kind: "quote" });
export const expandableQuote = (): Mark => ({ open: "<blockquote expandable>", close: "</blockquote>", kind: "quote" });
export const link = (href: string): Mark => ({ open: `<a href="${escapeHtml(href)}">`, close: "</a>", kind: "link" });

/** A block of code; the language is kept when it is a plain word. */
export function codeBlock(language: string): Mark {
  const name = /^[\w+#.-]{1,30}$/.exec(language)?.[0];
  if (!name) return { open: "<pre>", close: "</pre>", kind: "code" };
  return { open: `<pre><code class="language-${escapeHtml(name)}">`, close: "</code></pre>", kind: "code" };
}

/** The entities that Telegram accepts together: code stands alone, links and quotes do not nest. */
export function withMark(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  if (marks.some(({ kind }) => kind === "code")) return marks;
  if (mark.kind === "code") return [mark];
  if (mark.kind !== "inline" && marks.some(({ kind }) => kind === mark.kind)) return marks;
  return [...marks, mark];
}

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Runs as Telegram HTML: every tag that is opened is closed, in order. */
export function toHtml(runs: readonly Run[]): string {
  let html = "";
  let open: readonly Mark[] = [];
  for (const { text, marks } of runs) {
    if (text === "") continue;
    const shared = open.findIndex((mark, index) => mark !== marks[index]);
    const kept = shared === -1 ? open.length : shared;
    html +=
      closing(open.slice(kept)) +
      marks
        .slice(kept)
        .map((mark) => mark.open)
        .join("") +
      escapeHtml(text);
    open = marks;
  }
  return html + closing(open);
}

/** Runs as text without any formatting. */
export function toPlain(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join("");
}

function closing(marks: readonly Mark[]): string {
  return marks
    .map((mark) => mark.close)
    .reverse()
    .join("");
}
