import { afterEach, describe, expect, it, vi } from "vitest";
import { keptStorage, tabStorage } from "./kept-storage";

afterEach(() => vi.unstubAllGlobals());

describe.each([
  ["localStorage", keptStorage],
  ["sessionStorage", tabStorage],
] as const)("what the browser keeps in its %s", (name, storage) => {
  it.each([
    ["forbids its storage", { get: () => raise() }],
    ["has no storage", { value: null }],
  ])("lives on in the page when the browser %s", (_, property) => {
    vi.stubGlobal(name, undefined);
    Object.defineProperty(globalThis, name, { configurable: true, ...property });
    storage().setItem("draft", "Good day");
    expect([storage().getItem("draft"), storage().length, storage().key(0)]).toEqual(["Good day", 1, "draft"]);
    storage().removeItem("draft");
    expect(storage().getItem("draft")).toBeNull();
  });
});

function raise(): never {
  throw new DOMException("Access is denied for this document.", "SecurityError");
}
