import { afterEach, describe, expect, it, vi } from "vitest";
import { keptStorage } from "./kept-storage";

afterEach(() => vi.unstubAllGlobals());

describe("what the browser keeps", () => {
  it.each([
    ["forbids its storage", { get: () => raise() }],
    ["has no storage", { value: null }],
  ])("lives on in the page when the browser %s", (_, property) => {
    vi.stubGlobal("localStorage", undefined);
    Object.defineProperty(globalThis, "localStorage", { configurable: true, ...property });
    keptStorage().setItem("draft", "Good day");
    expect([keptStorage().getItem("draft"), keptStorage().length, keptStorage().key(0)]).toEqual([
      "Good day",
      1,
      "draft",
    ]);
    keptStorage().removeItem("draft");
    expect(keptStorage().getItem("draft")).toBeNull();
  });
});

function raise(): never {
  throw new DOMException("Access is denied for this document.", "SecurityError");
}
