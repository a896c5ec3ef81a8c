/** Text as it is stored: what was typed, in NFC, without the two things that PostgreSQL cannot hold: NUL and half characters. */
export function storable(text: string): string {
  return text.normalize("NFC").replaceAll("\u0000", "").toWellFormed();
}

/** Whether a text shows anything: blanks, control characters and the ones that draw nothing do not. */
export function isVisible(text: string): boolean {
  return /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text);
}

/** The beginning of a text on one line, for lists. Never cuts a character in half. */
export function excerpt(text: string, maxChars: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= maxChars
    ? line
    : `${line
        .slice(0, maxChars - 1)
        .toWellFormed()
        .replaceAll("\ufffd", "")}…`;
}

/** Markdown without its marks, for places that show words only: headings, lists, emphasis and table bars become plain text. */
export function withoutMarkdown(text: string): string {
  return text
    .replace(/^[ \t]*\|[ \t:|-]+\|[ \t]*(\n|$)/gm, "")
    .replace(/^[ \t]*\|(.*)\|[ \t]*$/gm, (_, row: string) =>
      row
        .split("|")
        .map((cell) => cell.trim())
        .join(" · "),
    )
    .replace(/^[ \t]{0,3}#{1,6}[ \t]+/gm, "")
    .replace(/^([ \t]*)[-*+][ \t]+/gm, "$1• ")
    .replace(/(\*\*|__)(?=\S)(.+?)\1/g, "$2")
    .replace(/`([^`\n]+)`/g, "$1");
}

/** A text without the marks `[n]` of its sources, for places that do not show the sources. */
export function withoutCitations(text: string): string {
  return text.replace(/\s?\[\d{1,2}\]/g, "");
}

/** The beginning of a message as a list shows it: words only, and the items of its lists on one line. */
export function previewOf(line: string): string {
  return withoutCitations(withoutMarkdown(line)).replace(/^• /, "").replaceAll(" - ", " · ");
}
