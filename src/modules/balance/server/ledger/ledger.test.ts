import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { newId } from "@/lib/ids";
import { givenUser, givenWorkspace } from "@/modules/workspaces/testing";
import { personCtx } from "@/modules/users/testing";
import type { MemberCtx } from "@/server/context";
import { entriesInput } from "../../contract";
import { givenFunds } from "../../testing";
import { chargeDocument, holdPrice, releasePrice } from "../charging";
import { adjustBalance } from "../service";
import { eachEntry, getBalance, getReceipt, getUsage, listEntries } from "./service";

const PRICE = 5_000_000;
const db = testDb();

async function spend(ctx: MemberCtx, now?: Date) {
  const reference = { kind: "document", id: newId() } as const;
  const then = now ? { ...ctx, now: () => now } : ctx;
  await holdPrice(then, { service: "document_processed", reference });
  await chargeDocument(then, reference);
}

async function giveBack(ctx: MemberCtx) {
  const reference = { kind: "document", id: newId() } as const;
  await holdPrice(ctx, { service: "document_processed", reference });
  await releasePrice(ctx, reference);
}

const list = (ctx: MemberCtx, input: Parameters<typeof entriesInput.parse>[0] = {}) =>
  listEntries(ctx, entriesInput.parse(input));

describe("the balance", () => {
  it("adds up: what came in less what was spent is what is there", async () => {
    const { ctx } = await givenWorkspace(db, { fundsMicros: 100 * PRICE });
    await spend(ctx);
    await spend(ctx);
    await giveBack(ctx);
    const reference = { kind: "document", id: newId() } as const;
    await holdPrice(ctx, { service: "document_processed", reference });
    const balance = await getBalance(ctx);
    expect(balance).toMatchObject({
      availableMicros: 97 * PRICE,
      heldMicros: PRICE,
      spentMicros: 2 * PRICE,
      monthSpentMicros: 2 * PRICE,
      toppedUpMicros: 0,
      grantedMicros: 0,
      adjustedMicros: 100 * PRICE,
      answers: 97,
      level: "enough",
      currency: "RUB",
      perDayMicros: null,
    });
    const { adjustedMicros, grantedMicros, toppedUpMicros, spentMicros } = balance;
    expect(adjustedMicros + grantedMicros + toppedUpMicros - spentMicros).toBe(
      balance.availableMicros + balance.heldMicros,
    );
  });

  it("of a workspace without any movement is zero, and nothing is invented", async () => {
    const { ctx } = await givenWorkspace(db, { fundsMicros: 0 });
    expect(await getBalance(ctx)).toMatchObject({ availableMicros: 0, spentMicros: 0, answers: 0, level: "empty" });
    expect(await getUsage(ctx)).toMatchObject({
      total: { count: 0, amountMicros: 0 },
      averageMicros: null,
      month: { count: 0, amountMicros: 0 },
    });
    expect(await list(ctx)).toEqual({ items: [], nextCursor: null });
  });

  it("counts this month by the clock of the workspace", async () => {
    const { ctx } = await givenWorkspace(db, { fundsMicros: 10 * PRICE });
    await spend(ctx, new Date("2025-10-31T20:59:00Z"));
    await spend(ctx, new Date("2025-10-31T21:01:00Z"));
    const november = { ...ctx, now: () => new Date("2025-11-20T12:00:00Z") };
    expect(await getUsage(november)).toMatchObject({
      total: { count: 2, amountMicros: 2 * PRICE },
      averageMicros: PRICE,
      month: { count: 1, amountMicros: PRICE },
    });
    await db.execute(sql`update workspaces set time_zone = 'UTC' where id = ${ctx.workspaceId}::uuid`);
    expect((await getUsage(november)).month.count).toBe(0);
  });
});

describe("the ledger of a workspace", () => {
  it("shows charges negative and credits positive, without holds, with the balance after each", async () => {
    const { ctx } = await givenWorkspace(db, { fundsMicros: 10 * PRICE });
    await spend(ctx);
    await giveBack(ctx);
    await spend(ctx);
    const { items } = await list(ctx);
    expect(items.map(({ kind, amountMicros, balanceMicros }) => [kind, amountMicros, balanceMicros])).toEqual([
      ["charge_document", -PRICE, 8 * PRICE],
      ["charge_document", -PRICE, 9 * PRICE],
      ["admin_adjustment", 10 * PRICE, 10 * PRICE],
    ]);
    const held = await list(ctx, { kind: "holds" });
    expect(held.items.map(({ kind, amountMicros, reservedMicros }) => [kind, amountMicros, reservedMicros])).toEqual([
      ["hold", 0, PRICE],
      ["release", 0, -PRICE],
      ["hold", 0, PRICE],
      ["hold", 0, PRICE],
    ]);
    expect((await list(ctx, { withHolds: true })).items).toHaveLength(7);
  });

  it("keeps the balance of a row right when a filter hides what lies between", async () => {
    const { ctx } = await givenWorkspace(db, { fundsMicros: 10 * PRICE });
    await spend(ctx);
    await givenFunds(db, ctx.workspaceId, PRICE);
    await spend(ctx);
    const { items } = await list(ctx, { kind: "adjustments" });
    expect(items.map(({ balanceMicros }) => balanceMicros)).toEqual([10 * PRICE, 10 * PRICE]);
  });

  it.each(["date", "amount", "kind"] as const)(
    "pages by %s without a gap or a repeat while new rows arrive",
    async (sort) => {
      const { ctx } = await givenWorkspace(db, { fundsMicros: 100 * PRICE });
      for (let n = 0; n < 11; n += 1) await spend(ctx);
      for (let n = 1; n <= 3; n += 1) await givenFunds(db, ctx.workspaceId, n * 1_000_000);
      const before = new Set((await list(ctx, { limit: 100 })).items.map(({ id }) => id));
      for (const order of ["asc", "desc"] as const) {
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const page = await list(ctx, { sort, order, limit: 4, cursor });
          seen.push(...page.items.map(({ id }) => id));
          cursor = page.nextCursor;
          await spend(ctx);
        } while (cursor !== null);
        expect(new Set(seen).size).toBe(seen.length);
        expect([...before].filter((id) => !seen.includes(id))).toEqual([]);
      }
    },
  );

  it("sorts by amount and by kind", async () => {
    const { ctx } = await givenWorkspace(db, { fundsMicros: 10 * PRICE });
    await spend(ctx);
    await givenFunds(db, ctx.workspaceId, 1);
    const amounts = async (order: "asc" | "desc") =>
      (await list(ctx, { sort: "amount", order })).items.map(({ amountMicros }) => amountMicros);
    expect(await amounts("asc")).toEqual([-PRICE, 1, 10 * PRICE]);
    expect(await amounts("desc")).toEqual([10 * PRICE, 1, -PRICE]);
    expect((await list(ctx, { sort: "kind", order: "desc" })).items[0]?.kind).toBe("charge_document");
  });

  it("filters by kind, by days of the workspace's clock and by text, where % and _ are letters", async () => {
    const { ctx } = await givenWorkspace(db, { fundsMicros: 10 * PRICE });
    await spend(ctx, new Date("2025-10-31T20:59:59Z"));
    await spend(ctx, new Date("2025-10-31T21:00:00Z"));
    await spend(ctx, new Date("2025-11-01T20:59:59Z"));
    const count = async (input: object) => (await list(ctx, input)).items.length;
    expect(await count({ kind: "charge_document" })).toBe(3);
    expect(await count({ kind: "top-ups" })).toBe(0);
    expect(await count({ from: "2025-11-01", to: "2025-11-01" })).toBe(2);
    expect(await count({ to: "2025-10-31" })).toBe(1);
    expect(await count({ from: "2025-10-31T21:00:00Z", to: new Date("2025-11-01T00:00:00Z") })).toBe(1);
    expect(await count({ search: "opening" })).toBe(1);
    expect(await count({ search: "%" })).toBe(0);
    expect(await count({ search: "_" })).toBe(0);
  });

  it("starts from the top when a cursor is nonsense or was made for another order", async () => {
    const { ctx } = await givenWorkspace(db, { fundsMicros: PRICE });
    for (const cursor of ["x", "1~2", `'; drop~${newId()}`, `-1~${newId()}`, `hold~${newId()}`])
      expect((await list(ctx, { cursor })).items).toHaveLength(1);
  });

  it("is never that of another workspace", async () => {
    const { ctx } = await givenWorkspace(db, { fundsMicros: PRICE });
    const { ctx: stranger } = await givenWorkspace(db, { fundsMicros: 0 });
    const [entry] = (await list(ctx)).items;
    expect((await list(stranger)).items).toEqual([]);
    await expect(getReceipt(stranger, { id: entry?.id ?? "" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await getReceipt(ctx, { id: entry?.id ?? "" })).toMatchObject({ priceMicros: null, amountMicros: PRICE });
  });

  it("says what staff did and why", async () => {
    const { ctx } = await givenWorkspace(db, { fundsMicros: 0 });
    const staff = personCtx(db, await givenUser(db, { role: "admin" }));
    const workspaceId = ctx.workspaceId;
    await adjustBalance(staff, { workspaceId, amountMicros: PRICE, reason: "Sorry, Ёлка", idempotencyKey: newId() });
    expect((await list(ctx, { search: "ёлка" })).items).toMatchObject([
      { kind: "admin_adjustment", description: "Sorry, Ёлка", amountMicros: PRICE },
    ]);
  });

  it("is walked whole for an export, page after page", async () => {
    const { ctx } = await givenWorkspace(db, { fundsMicros: 10 * PRICE });
    for (let n = 0; n < 5; n += 1) await spend(ctx);
    const rows = [];
    for await (const page of eachEntry(ctx, entriesInput.parse({}), 4)) rows.push(...page);
    expect(rows).toHaveLength(4);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(4);
  });

  it("of thousands of rows is exported in a moment, and its oldest page still says the balance of its day", async () => {
    const { ctx } = await givenWorkspace(db, { fundsMicros: MANY * PRICE });
    await givenCharges(ctx, MANY);
    let rows = 0;
    for await (const page of eachEntry(ctx, entriesInput.parse({}), 100_000)) rows += page.length;
    expect(rows).toBe(MANY + 1);
    const { items } = await list(ctx, { to: new Date(Date.now() + 2.5 * 60_000), withHolds: true });
    expect(items.map(({ kind, balanceMicros }) => [kind, balanceMicros])).toEqual([
      ["charge_document", (MANY - 2) * PRICE],
      ["charge_document", (MANY - 1) * PRICE],
      ["admin_adjustment", MANY * PRICE],
    ]);
  });
});

const MANY = 6_000;

// A charge for each of the coming minutes, written behind the back of the wallet, which is set to what they leave.
async function givenCharges(ctx: MemberCtx, count: number) {
  await db.execute(sql`
    with charged as (
      insert into ledger_transactions (id, workspace_id, kind, idempotency_key, actor_kind, created_at)
      select gen_random_uuid(), ${ctx.workspaceId}::uuid, 'charge_document', gen_random_uuid()::text, 'system', now() + n * interval '1 minute'
      from generate_series(1, ${count}::int) n returning id, workspace_id
    ), sides as (
      insert into ledger_entries (transaction_id, account, workspace_id, amount_micros)
      select charged.id, side.account, charged.workspace_id, side.sign * ${PRICE}::bigint
      from charged, (values ('held', -1), ('revenue', 1)) as side(account, sign)
    )
    update wallets set available_micros = 0 where workspace_id = ${ctx.workspaceId}::uuid`);
}

it("asks the database as often for a hundred rows as for one", async () => {
  const { ctx } = await givenWorkspace(db, { fundsMicros: 100 * PRICE });
  for (let n = 0; n < 10; n += 1) await spend(ctx);
  const asked = async (limit: number) => {
    let count = 0;
    const counted = new Proxy(ctx.db, {
      get(target, name) {
        if (name === "execute" || name === "select") count += 1;
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    await list({ ...ctx, db: counted }, { limit });
    return count;
  };
  expect(await asked(100)).toBe(await asked(1));
});
