// superjson's own form, read and written without its code, which is as heavy as the menu of the app. Of its many types these
// travel; the server, which uses superjson itself, may learn another one when this file does.
type Kind = "Date" | "undefined" | "number";
type Marks = { [path: string]: Marks | readonly [Kind] } | readonly [Kind];
type Wire = { json: unknown; meta?: { values?: Marks; v?: number } };

const VERSION = 1;

/** What the browser's calls and the pages' prefetched answers travel in. */
export const wire = { serialize, deserialize };

/** Dates, `undefined` and numbers that JSON has no sign for keep what they are; everything else is JSON already. */
function serialize(value: unknown): Wire {
  const marks: Record<string, readonly [Kind]> = {};
  const json = write(value, [], marks);
  // A value that is marked itself has no path.
  const values = marks[""] ?? (Object.keys(marks).length > 0 ? marks : undefined);
  return values ? { json, meta: { values, v: VERSION } } : { json };
}

function write(value: unknown, path: readonly string[], marks: Record<string, readonly [Kind]>): unknown {
  if (value === undefined || value instanceof Date) {
    marks[path.map(escape).join(".")] = [value ? "Date" : "undefined"];
    return value?.toISOString() ?? null;
  }
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) {
    marks[path.map(escape).join(".")] = ["number"];
    return Object.is(value, -0) ? "-0" : String(value);
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => write(item, [...path, String(index)], marks));
  if (!isPlain(value)) throw new TypeError(`The wire carries no ${value.constructor.name}.`);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, write(item, [...path, key], marks)]));
}

/** The value again. A mark of another type is a defect: the server sent what this side cannot read. */
function deserialize({ json, meta }: Wire): unknown {
  if (!meta?.values) return json;
  const whole = { value: structuredClone(json) };
  restore(whole, ["value"], meta.values);
  return whole.value;
}

function restore(root: object, path: readonly string[], marks: Marks): void {
  if (isMark(marks)) return restoreOne(root, path, marks[0]);
  for (const [key, inner] of Object.entries(marks)) restore(root, [...path, ...segmentsOf(key)], inner);
}

function restoreOne(root: object, path: readonly string[], kind: Kind): void {
  const last = path.at(-1);
  let parent: object | undefined = root;
  for (const key of path.slice(0, -1)) parent = childOf(parent, key);
  if (!parent || last === undefined || !Object.hasOwn(parent, last)) return;
  Reflect.set(parent, last, reviveAs(kind, Reflect.get(parent, last)));
}

function reviveAs(kind: Kind, value: unknown): Date | number | undefined {
  if (kind === "undefined") return undefined;
  if (kind === "Date" && typeof value === "string") return new Date(value);
  // NaN, infinities, and the zero that negating a zero leaves.
  if (kind === "number" && typeof value === "string") return Number(value);
  throw new TypeError(`The wire carries no ${kind}.`);
}

function childOf(parent: object | undefined, key: string): object | undefined {
  const child: unknown = parent && Object.hasOwn(parent, key) ? Reflect.get(parent, key) : undefined;
  return typeof child === "object" && child !== null ? child : undefined;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const isMark = (marks: Marks): marks is readonly [Kind] => Array.isArray(marks);

const escape = (key: string) => key.replace(/[\\.]/g, "\\$&");

// A dot parts two keys unless a backslash stands before it, which stands before a backslash likewise.
function segmentsOf(path: string): string[] {
  const segments = [""];
  for (const [sign] of path.matchAll(/\\?[^]/g)) {
    if (sign === ".") segments.push("");
    else segments.push(`${segments.pop() ?? ""}${sign.at(-1) ?? ""}`);
  }
  return segments;
}
