import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditLog } from "@/db/schema/platform";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenUser, givenWorkspace } from "@/modules/workspaces/testing";
import { personCtx } from "@/modules/users/testing";
import { adjustInput, updatePriceInput } from "../contract";
import { accountsOf } from "../testing";
import { holdPrice, releasePrice } from "./charging";
import { listAllPrices, listPrices, updatePrice } from "./prices/service";
import { adjustBalance } from "./service";

const db = testDb();
const RUBLE = 1_000_000;

async function given(fundsMicros: number) {
  const { ctx } = await givenWorkspace(db, { fundsMicros });
  const user = await givenUser(db, { role: "admin" });
  const staff = personCtx(db, user);
  const adjust = (amountMicros: number, key = newId()) =>
    adjustBalance(staff, { workspaceId: ctx.workspaceId, amountMicros, reason: "A test", idempotencyKey: key });
  const moneyOf = async () => {
    const { availableMicros, ledger } = await accountsOf(db, ctx.workspaceId);
    expect([ledger.availableMicros, ledger.sumMicros]).toEqual([availableMicros, 0]);
    return availableMicros;
  };
  return { ctx, staff, user, adjust, moneyOf };
}

describe("an adjustment by staff", () => {
  it("adds and takes, with an audit row and the reason in the ledger", async () => {
    const { ctx, adjust, moneyOf } = await given(100 * RUBLE);
    expect(await adjust(50 * RUBLE)).toEqual({ availableMicros: 150 * RUBLE, heldMicros: 0 });
    expect(await adjust(-150 * RUBLE)).toEqual({ availableMicros: 0, heldMicros: 0 });
    expect(await moneyOf()).toBe(0);
    const rows = await db.select().from(auditLog).where(eq(auditLog.workspaceId, ctx.workspaceId));
    expect(rows.filter(({ operation }) => operation === "balance.adjusted").map(({ detail }) => detail)).toEqual([
      { amountMicros: 50 * RUBLE },
      { amountMicros: -150 * RUBLE },
    ]);
  });

  it("never leaves less than nothing, nor more than a number can say", async () => {
    const { adjust, moneyOf } = await given(10 * RUBLE);
    await expect(adjust(-10 * RUBLE - 1)).rejects.toMatchObject({ code: "CONFLICT", facts: { reason: "below-zero" } });
    for (let n = 0; n < 9; n += 1) await adjust(1_000_000_000_000_000);
    await expect(adjust(1_000_000_000_000_000)).rejects.toMatchObject({ facts: { reason: "above-limit" } });
    expect(await moneyOf()).toBe(9_000_000_000_000_000 + 10 * RUBLE);
  });

  it("leaves room for what is reserved and may come back", async () => {
    const { ctx, adjust, moneyOf } = await given(5 * RUBLE);
    const reference = { kind: "document", id: newId() } as const;
    await holdPrice(ctx, { service: "document_processed", reference });
    for (let n = 0; n < 9; n += 1) await adjust(1_000_000_000_000_000);
    const rest = Number.MAX_SAFE_INTEGER - 9_000_000_000_000_000;
    await expect(adjust(rest)).rejects.toMatchObject({ facts: { reason: "above-limit" } });
    await adjust(rest - 5 * RUBLE);
    expect(await releasePrice(ctx, reference)).toBe(true);
    expect(await moneyOf()).toBe(Number.MAX_SAFE_INTEGER);
  });

  it("takes only what is not reserved", async () => {
    const { ctx, adjust, moneyOf } = await given(10 * RUBLE);
    await holdPrice(ctx, { service: "document_processed", reference: { kind: "document", id: newId() } });
    await expect(adjust(-10 * RUBLE)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await moneyOf()).toBe(5 * RUBLE);
  });

  it("moves money once per key, also for twenty twins at once, and says so to the others", async () => {
    const { adjust, moneyOf } = await given(0);
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => adjust(RUBLE, "same")));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const attempt of tries)
      if (attempt.status === "rejected")
        expect(attempt.reason).toMatchObject({ code: "CONFLICT", facts: { reason: "adjustment-repeated" } });
    expect(await moneyOf()).toBe(RUBLE);
    await expect(adjust(5 * RUBLE, "same")).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await moneyOf()).toBe(RUBLE);
  });

  it("uses keys of its own per workspace", async () => {
    const one = await given(0);
    const other = await given(0);
    await one.adjust(RUBLE, "key");
    await other.adjust(RUBLE, "key");
    expect([await one.moneyOf(), await other.moneyOf()]).toEqual([RUBLE, RUBLE]);
  });

  it("of an unknown workspace is refused", async () => {
    const { staff } = await given(0);
    const input = { workspaceId: newId(), amountMicros: RUBLE, reason: "A test", idempotencyKey: newId() };
    await expect(adjustBalance(staff, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it.each([0, 0.5, -0.5, 1e15 + 1, -1e15 - 1, 2 ** 53, Number.MAX_VALUE, Infinity, -Infinity, NaN, "5", null, 5n])(
    "of %s micros is refused at the door",
    (amountMicros) => {
      const input = { workspaceId: newId(), amountMicros, reason: "A test", idempotencyKey: "key" };
      expect(adjustInput.safeParse(input).success).toBe(false);
    },
  );

  it.each([
    { reason: "" },
    { reason: "  " },
    { idempotencyKey: "" },
    { idempotencyKey: "x".repeat(201) },
    { workspaceId: "1" },
  ])("with %j is refused at the door", (wrong) => {
    const input = { workspaceId: newId(), amountMicros: 1, reason: "A test", idempotencyKey: "key", ...wrong };
    expect(adjustInput.safeParse(input).success).toBe(false);
  });
});

describe("a price", () => {
  it("changes from the next hold on; its description alone changes nothing else; inactive refuses", async () => {
    const { ctx, staff, user } = await given(100 * RUBLE);
    const hold = () => holdPrice(ctx, { service: "document_processed", reference: { kind: "document", id: newId() } });
    try {
      await updatePrice(staff, { service: "document_processed", priceMicros: 7 * RUBLE });
      expect(await hold()).toEqual({ ok: true, priceMicros: 7 * RUBLE });
      const described = await updatePrice(staff, { service: "document_processed", description: "Any file" });
      expect(described).toMatchObject({ priceMicros: 7 * RUBLE, description: "Any file", isActive: true });
      await updatePrice(staff, { service: "document_processed", isActive: false });
      expect(await hold()).toEqual({ ok: false, reason: "service-off" });
      expect((await listPrices(ctx)).items.map(({ service }) => service)).not.toContain("document_processed");
      expect((await listAllPrices(staff)).items.map(({ service }) => service)).toContain("document_processed");
      await updatePrice(staff, { service: "document_processed", isActive: true, priceMicros: 0 });
      expect(await hold()).toEqual({ ok: true, priceMicros: 0 });
    } finally {
      const starting = { priceMicros: 5 * RUBLE, description: "", isActive: true };
      await updatePrice(staff, { service: "document_processed", ...starting });
    }
    const rows = await db.select().from(auditLog).where(eq(auditLog.actorId, user.id));
    expect(rows.map(({ operation }) => operation)).toEqual(Array.from({ length: 5 }, () => "prices.updated"));
    expect(rows[0]?.detail).toMatchObject({ fromMicros: 5 * RUBLE, toMicros: 7 * RUBLE });
  });

  it.each([-1, 0.5, 1e15 + 1, 2 ** 53, Infinity, NaN, "abc", "5", null])(
    "of %s micros is refused at the door",
    (price) => {
      expect(updatePriceInput.safeParse({ service: "answer_widget", priceMicros: price }).success).toBe(false);
    },
  );

  it("of an unknown service, or without any change, is refused at the door", () => {
    expect(updatePriceInput.safeParse({ service: "answer_fax", priceMicros: 1 }).success).toBe(false);
    expect(updatePriceInput.safeParse({ service: "answer_widget" }).success).toBe(false);
  });
});
