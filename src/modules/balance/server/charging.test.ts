import { beforeEach, describe, expect, it } from "vitest";
import { sql } from "drizzle-orm";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { lettersTo } from "@/modules/email/testing";
import { givenWorkspace } from "@/modules/workspaces/testing";
import type { MemberCtx } from "@/server/context";
import { jobCtx } from "@/server/jobs/testing";
import { accountsOf } from "../testing";
import { chargeDocument, holdPrice, releasePrice } from "./charging";
import type { Reference } from "./charging-sql";
import { releaseForgottenHoldsJob } from "./jobs";

const PRICE = 5_000_000;
const db = testDb();
const document = (): Reference => ({ kind: "document", id: newId() });
const hold = (ctx: MemberCtx, reference: Reference) => holdPrice(ctx, { service: "document_processed", reference });

async function givenMoneyFor(count: number) {
  const { ctx, user } = await givenWorkspace(db, { fundsMicros: PRICE * count });
  return { ctx, user };
}

async function expectSound(ctx: MemberCtx, wanted: { available: number; held: number; revenue: number }) {
  const { availableMicros, heldMicros, ledger } = await accountsOf(db, ctx.workspaceId);
  expect({ availableMicros, heldMicros }).toEqual({
    availableMicros: ledger.availableMicros,
    heldMicros: ledger.heldMicros,
  });
  expect(ledger.sumMicros).toBe(0);
  expect({ available: availableMicros, held: heldMicros, revenue: ledger.revenueMicros }).toEqual(wanted);
}

describe("a charge", () => {
  let ctx: MemberCtx;
  beforeEach(async () => {
    ({ ctx } = await givenMoneyFor(2));
  });

  it("is reserved first and taken once, however often it is captured", async () => {
    const reference = document();
    expect(await hold(ctx, reference)).toEqual({ ok: true, priceMicros: PRICE });
    await expectSound(ctx, { available: PRICE, held: PRICE, revenue: 0 });
    const captured = await Promise.all([1, 2, 3].map(() => chargeDocument(ctx, reference)));
    expect(captured.toSorted()).toEqual([PRICE, null, null].toSorted());
    await expectSound(ctx, { available: PRICE, held: 0, revenue: PRICE });
  });

  it("is given back whole when the work fails, and cannot be taken afterwards", async () => {
    const reference = document();
    await hold(ctx, reference);
    const released = await Promise.all([1, 2].map(() => releasePrice(ctx, reference)));
    expect(released.toSorted()).toEqual([false, true]);
    expect(await chargeDocument(ctx, reference)).toBeNull();
    await expectSound(ctx, { available: 2 * PRICE, held: 0, revenue: 0 });
  });

  it("is either taken or given back, never both, when the two race", async () => {
    const reference = document();
    await hold(ctx, reference);
    const [captured, released] = await Promise.all([chargeDocument(ctx, reference), releasePrice(ctx, reference)]);
    expect([captured !== null, released].filter(Boolean)).toHaveLength(1);
    const { ledger, heldMicros } = await accountsOf(db, ctx.workspaceId);
    expect(heldMicros).toBe(0);
    expect(ledger.sumMicros).toBe(0);
  });

  it("exists for exactly as much work as the money pays for when 200 ask at once", async () => {
    const { ctx } = await givenMoneyFor(50);
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => hold(ctx, document())));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(50);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.reason === "no-funds")).toHaveLength(150);
    await expectSound(ctx, { available: 0, held: 50 * PRICE, revenue: 0 });
  });

  it("of another workspace is out of reach", async () => {
    const reference = document();
    await hold(ctx, reference);
    const { ctx: stranger } = await givenMoneyFor(1);
    expect(await chargeDocument(stranger, reference)).toBeNull();
    expect(await releasePrice(stranger, reference)).toBe(false);
    await expectSound(ctx, { available: PRICE, held: PRICE, revenue: 0 });
  });

  it("keeps the price of the moment it was reserved", async () => {
    const reference = document();
    await hold(ctx, reference);
    await db.execute(sql`update service_prices set price_micros = 7000000 where service = 'document_processed'`);
    try {
      expect(await chargeDocument(ctx, reference)).toBe(PRICE);
      expect(await hold(ctx, document())).toEqual({ ok: false, reason: "no-funds", neededMicros: 7_000_000 });
    } finally {
      await db.execute(sql`update service_prices set price_micros = ${PRICE} where service = 'document_processed'`);
    }
  });

  it("is refused when the service is not offered, and costs nothing when the price is zero", async () => {
    const intent = { service: "answer_intent", reference: { kind: "document", id: newId() } } as const;
    expect(await holdPrice(ctx, intent)).toEqual({ ok: true, priceMicros: 0 });
    expect(await chargeDocument(ctx, intent.reference)).toBe(0);
    await db.execute(sql`update service_prices set is_active = false where service = 'answer_intent'`);
    try {
      const next = { ...intent, reference: document() };
      expect(await holdPrice(ctx, next)).toEqual({ ok: false, reason: "service-off" });
    } finally {
      await db.execute(sql`update service_prices set is_active = true where service = 'answer_intent'`);
    }
    await expectSound(ctx, { available: 2 * PRICE, held: 0, revenue: 0 });
  });
});

describe("forgotten holds", () => {
  it("come back to everybody else although those of a broken wallet cannot, and the failure is told", async () => {
    const [{ ctx: broken }, { ctx }] = [await givenMoneyFor(1), await givenMoneyFor(1)];
    await hold(broken, document());
    await hold(ctx, document());
    const setHeld = (micros: number) =>
      db.execute(sql`update wallets set held_micros = ${micros} where workspace_id = ${broken.workspaceId}::uuid`);
    const tomorrow = { now: () => new Date(Date.now() + 86_400_000) };
    const release = () => releaseForgottenHoldsJob.run(jobCtx(db, releaseForgottenHoldsJob, tomorrow), {});
    await setHeld(0);
    await expect(release()).rejects.toThrow(AggregateError);
    await expectSound(ctx, { available: PRICE, held: 0, revenue: 0 });
    await setHeld(PRICE);
    await release();
    await expectSound(broken, { available: PRICE, held: 0, revenue: 0 });
  });
});

describe("the ledger", () => {
  it("refuses entries that do not sum to zero, and every change of what is written", async () => {
    const { ctx } = await givenMoneyFor(1);
    const lopsided = db.execute(sql`
      insert into ledger_entries (transaction_id, account, workspace_id, amount_micros)
      select id, 'held', workspace_id, 1 from ledger_transactions where workspace_id = ${ctx.workspaceId}::uuid`);
    await expect(lopsided).rejects.toThrow();
    for (const table of ["ledger_transactions", "ledger_entries"]) {
      const named = sql.raw(table);
      await expect(
        db.execute(sql`delete from ${named} where workspace_id = ${ctx.workspaceId}::uuid`),
      ).rejects.toThrow();
      await expect(
        db.execute(sql`update ${named} set workspace_id = workspace_id where workspace_id = ${ctx.workspaceId}::uuid`),
      ).rejects.toThrow();
    }
    await expectSound(ctx, { available: PRICE, held: 0, revenue: 0 });
  });
});

describe("letters about the balance", () => {
  it("leave once when it crosses fifty answers and once when it is used up, also when a charge jumps over the mark", async () => {
    const { ctx, user } = await givenMoneyFor(50);
    const kinds = async () => (await lettersTo(db, user.email)).map(({ kind }) => kind);
    const spend = async () => {
      const reference = document();
      await hold(ctx, reference);
      await chargeDocument(ctx, reference);
    };
    await spend();
    expect(await kinds()).toEqual(["balance-low"]);
    await Promise.all(Array.from({ length: 48 }, spend));
    expect(await kinds()).toEqual(["balance-low"]);
    await spend();
    await spend();
    expect((await kinds()).toSorted()).toEqual(["balance-empty", "balance-low"]);
  });
});
