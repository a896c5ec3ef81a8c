import { describe, expect, it } from "vitest";
import { adjustInput, entriesInput, exportInput } from "./contract";

describe("the days of a statement", () => {
  it.each(["1970-01-01", "9998-12-31", "2025-11-22T12:00:00+03:00", new Date("2025-11-22")])("%s is one", (from) => {
    expect(entriesInput.safeParse({ from, to: from }).success).toBe(true);
  });

  it.each([
    "1969-12-31",
    "9999-01-01",
    "2025-02-30",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59-05:00",
    new Date("+020000-01-01T00:00:00Z"),
    new Date(Number.NaN),
  ])("%s is none", (moment) => {
    expect(entriesInput.safeParse({ from: moment }).success).toBe(false);
    expect(exportInput.safeParse({ to: moment }).success).toBe(false);
  });
});

it.each(["pay\u0000ment", "pay\ud800"])(
  "an adjustment's key that cannot be stored is refused: %j",
  (idempotencyKey) => {
    const adjustment = {
      workspaceId: "0199d3a0-0000-7000-8000-000000000001",
      amountMicros: 1_000_000,
      reason: "Paid by invoice",
    };
    expect(adjustInput.safeParse({ ...adjustment, idempotencyKey: "payment-1" }).success).toBe(true);
    expect(adjustInput.safeParse({ ...adjustment, idempotencyKey }).success).toBe(false);
  },
);
