import { decodeText } from "./encoding";
import { type Extracted, ExtractionError } from "./document";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const maxDepth = 100;

/** Data as lines of "path: value"; a record of a list becomes one line, so that its facts stay together. */
export function extractJson(bytes: Uint8Array): Extracted {
  const text = decodeText(bytes);
  const lines: string[] = [];
  describe(parseJson(text), "", lines, 0);
  return { sections: [{ heading: [], text: lines.join("\n"), page: null, isRows: true }], pageCount: null };
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    return parseLines(text, error);
  }
}

function parseLines(text: string, cause: unknown): Json {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length < 2) throw new ExtractionError("damaged", { cause });
  try {
    return lines.map((line): Json => JSON.parse(line));
  } catch (error) {
    throw new ExtractionError("damaged", { cause: error });
  }
}

function describe(value: Json, path: string, lines: string[], depth: number): void {
  if (depth > maxDepth) throw new ExtractionError("too-complex");
  if (!isBranch(value)) {
    if (value !== null && value !== "") lines.push(path === "" ? String(value) : `${path}: ${String(value)}`);
  } else if (isRecord(value)) {
    lines.push(`${path === "" ? "" : `${path}: `}${fields(value)}`);
  } else {
    for (const [key, child] of Object.entries(value))
      describe(child, Array.isArray(value) ? path : joinPath(path, key), lines, depth + 1);
  }
}

const isBranch = (value: Json): value is Json[] | { [key: string]: Json } =>
  typeof value === "object" && value !== null;
const joinPath = (path: string, key: string) => (path === "" ? key : `${path}.${key}`);

// A flat object or a flat list reads best as one line; long ones would lose their place in the structure.
function isRecord(value: Json[] | { [key: string]: Json }): boolean {
  const values = Object.values(value);
  return values.length > 0 && values.every((child) => !isBranch(child)) && fields(value).length <= 600;
}

function fields(value: Json[] | { [key: string]: Json }): string {
  if (Array.isArray(value)) return value.map(String).join(", ");
  return Object.entries(value)
    .filter(([, child]) => child !== null && child !== "")
    .map(([key, child]) => `${key}: ${String(child)}`)
    .join("; ");
}
