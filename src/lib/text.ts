/** Text as it is stored: what was typed, in NFC, without the two things that PostgreSQL cannot hold: NUL and half characters. */
export function storable(text: string): string {
  return text.normalize("NFC").replaceAll("\u0000", "").toWellFormed();
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
