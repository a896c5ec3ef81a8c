// Telegram nests sixteen levels at most.
const MAX_DEPTH = 32;

type Block = Record<string, unknown>;

/** The words of a rich message, a line for each of its blocks, read as far as they make sense. */
export function richWords(message: unknown): string {
  return isBlock(message) ? linesOf(message.blocks, 0).join("\n") : "";
}

function linesOf(blocks: unknown, depth: number): string[] {
  if (depth > MAX_DEPTH) return [];
  return listOf(blocks)
    .filter(isBlock)
    .flatMap((block) => [
      wordsOf(block.summary),
      wordsOf(block.text ?? block.expression),
      ...listOf(block.items).map((item) => itemOf(item, depth + 1)),
      ...listOf(block.cells).map((row) =>
        listOf(row)
          .map((cell) => wordsOf(cell))
          .join(" | "),
      ),
      ...linesOf(block.blocks, depth + 1),
      wordsOf(block.caption),
      wordsOf(block.credit),
    ])
    .filter((line) => line.trim() !== "");
}

function itemOf(item: unknown, depth: number): string {
  if (!isBlock(item)) return "";
  return [wordsOf(item.label), linesOf(item.blocks, depth).join("\n")].filter(Boolean).join(" ");
}

function wordsOf(text: unknown, depth = 0): string {
  if (typeof text === "string") return text;
  if (depth > MAX_DEPTH) return "";
  if (Array.isArray(text)) return text.map((part) => wordsOf(part, depth + 1)).join("");
  if (!isBlock(text)) return "";
  return wordsOf(text.text ?? text.alternative_text ?? text.expression ?? text.button, depth + 1);
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const isBlock = (value: unknown): value is Block =>
  typeof value === "object" && value !== null && !Array.isArray(value);
