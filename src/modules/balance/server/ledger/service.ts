import { notFound } from "@/lib/errors";
import { endOfDay, startOfDay, startOfMonth } from "@/lib/zone";
import { env } from "@/server/env";
import type { WorkspaceCtx } from "@/server/context";
import type {
  Balance,
  EntriesInput,
  EntryFilter,
  LedgerEntry,
  Moment,
  Reach,
  Receipt,
  Spent,
  Usage,
} from "../../contract";
import { answersFor, forecast, KINDS_OF, levelOf, paceSince, shownKinds } from "../../rules";
import {
  type EntryQuery,
  findReach,
  findReceiptRow,
  findWelcome,
  type KindTotal,
  listEntryRows,
  sumByKind,
} from "./repository";

/** How far the wallet reaches, in one small read. Amounts in micros. */
export async function getReach(ctx: WorkspaceCtx): Promise<Reach> {
  return toReach(await wallet(ctx));
}

/** The wallet with its totals, and how long it lasts. Months are those of the workspace's time zone. */
export async function getBalance(ctx: WorkspaceCtx): Promise<Balance> {
  const found = await wallet(ctx);
  const now = ctx.now();
  const totals = await totalsOf(ctx, found.timeZone);
  const charges = totals.filter(({ kind }) => isCharge(kind));
  const pace = forecast(
    found.availableMicros,
    {
      weekMicros: 0 - sum(charges, "weekMicros"),
      firstAt: charges.reduce<Date | null>((first, { firstAt }) => (first && first < firstAt ? first : firstAt), null),
    },
    now,
  );
  const moved = (kinds: readonly string[]) =>
    sum(
      totals.filter(({ kind }) => kinds.includes(kind)),
      "amountMicros",
    );
  return {
    ...toReach(found),
    heldMicros: found.heldMicros,
    spentMicros: 0 - sum(charges, "amountMicros"),
    toppedUpMicros: moved([...KINDS_OF["top-ups"], ...KINDS_OF.refunds]),
    grantedMicros: moved(KINDS_OF.bonuses),
    adjustedMicros: moved(KINDS_OF.adjustments),
    monthSpentMicros: 0 - sum(charges, "monthMicros"),
    perDayMicros: pace?.perDayMicros ?? null,
    daysLeft: pace?.daysLeft ?? null,
    timeZone: found.timeZone,
  };
}

/** The welcome bonus while it is news: for two weeks, and null after that or without one. */
export async function getWelcome(
  ctx: WorkspaceCtx,
): Promise<{ amountMicros: number; answerMicros: number | null } | null> {
  const welcome = await findWelcome(ctx.db, ctx.workspaceId);
  if (!welcome || ctx.now().getTime() - welcome.at.getTime() > NEWS_MS) return null;
  const { answerMicros } = await wallet(ctx);
  return { amountMicros: welcome.amountMicros, answerMicros };
}

/** How much was charged, for what, ever and this month. */
export async function getUsage(ctx: WorkspaceCtx): Promise<Usage> {
  const { timeZone } = await wallet(ctx);
  const charges = (await totalsOf(ctx, timeZone)).filter(({ kind }) => isCharge(kind));
  const spent = (totals: KindTotal[]): Spent => ({
    count: sum(totals, "count"),
    amountMicros: 0 - sum(totals, "amountMicros"),
  });
  const inMonth = (totals: KindTotal[]): Spent => ({
    count: sum(totals, "monthCount"),
    amountMicros: 0 - sum(totals, "monthMicros"),
  });
  const total = spent(charges);
  return {
    currency: env().CURRENCY,
    total,
    averageMicros: total.count > 0 ? Math.round(total.amountMicros / total.count) : null,
    month: inMonth(charges),
    services: KINDS_OF.charges.map((kind) => {
      const own = charges.filter((row) => row.kind === kind);
      return { kind, total: spent(own), month: inMonth(own) };
    }),
  };
}

/** A page of the ledger. A cursor that cannot be read starts from the top. */
export async function listEntries(
  ctx: WorkspaceCtx,
  { cursor, limit, ...filter }: EntriesInput,
): Promise<{ items: LedgerEntry[]; nextCursor: string | null }> {
  const { timeZone } = await wallet(ctx);
  const query = toQuery(filter, timeZone);
  const rows = await listEntryRows(ctx.db, ctx.workspaceId, {
    ...query,
    after: parseCursor(cursor, filter.sort),
    limit: limit + 1,
    tellsBalance: true,
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ sortKey: _, ...item }) => item),
    nextCursor: rows.length > limit && last ? `${last.sortKey}~${last.id}` : null,
  };
}

/** The clock of the workspace, which days and months are told by. */
export async function getTimeZone(ctx: WorkspaceCtx): Promise<string> {
  return (await wallet(ctx)).timeZone;
}

/** All filtered entries, page by page, for exports, without the balance after each. Stops after `most`. */
export async function* eachEntry(ctx: WorkspaceCtx, filter: EntryFilter, most: number): AsyncGenerator<LedgerEntry[]> {
  const { timeZone } = await wallet(ctx);
  const query = toQuery(filter, timeZone);
  let after: EntryQuery["after"] = null;
  for (let left = most; left > 0;) {
    const limit = Math.min(EXPORT_PAGE, left);
    const rows = await listEntryRows(ctx.db, ctx.workspaceId, { ...query, after, limit, tellsBalance: false });
    yield rows;
    const last = rows.at(-1);
    if (rows.length < limit || !last) return;
    after = { key: last.sortKey, id: last.id };
    left -= rows.length;
  }
}

/** One ledger entry with the hold that it came from. Refuses: NOT_FOUND. */
export async function getReceipt(ctx: WorkspaceCtx, { id }: { id: string }): Promise<Receipt> {
  const row = await findReceiptRow(ctx.db, ctx.workspaceId, id);
  if (!row) throw notFound("Receipt");
  return { ...row, currency: env().CURRENCY };
}

// A page in an order without an index sorts all there is: few large pages, of some two megabytes each.
const EXPORT_PAGE = 5_000;
const NEWS_MS = 14 * 86_400_000;

async function wallet(ctx: WorkspaceCtx) {
  const found = await findReach(ctx.db, ctx.workspaceId);
  if (!found) throw notFound("Workspace");
  return found;
}

type FoundReach = NonNullable<Awaited<ReturnType<typeof findReach>>>;

function toReach({ availableMicros, answerMicros }: FoundReach): Reach {
  return {
    availableMicros,
    currency: env().CURRENCY,
    answerMicros,
    answers: answerMicros === null ? null : answersFor(availableMicros, answerMicros),
    level: levelOf(availableMicros, answerMicros ?? 0),
  };
}

function totalsOf(ctx: WorkspaceCtx, timeZone: string): Promise<KindTotal[]> {
  const now = ctx.now();
  return sumByKind(ctx.db, ctx.workspaceId, { month: startOfMonth(now, timeZone), week: paceSince(now) });
}

function isCharge(kind: string): boolean {
  return kind === "charge_answer" || kind === "charge_document";
}

function sum(totals: KindTotal[], field: "count" | "monthCount" | "amountMicros" | "monthMicros" | "weekMicros") {
  return totals.reduce((all, row) => all + row[field], 0);
}

function toQuery(filter: EntryFilter, timeZone: string): Omit<EntryQuery, "after" | "limit" | "tellsBalance"> {
  const { kind, withHolds, from, to, search, sort, order } = filter;
  return {
    kinds: shownKinds(kind, withHolds),
    from: instantOf(from, (day) => startOfDay(day, timeZone)),
    to: instantOf(to, (day) => endOfDay(day, timeZone)),
    search: search || null,
    sort,
    order,
  };
}

function instantOf(moment: Moment | undefined, ofDay: (day: string) => Date): Date | null {
  if (moment === undefined) return null;
  return typeof moment === "string" ? ofDay(moment) : moment;
}

const CURSOR_KEY = { date: /^\d{1,17}$/, amount: /^-?\d{1,16}$/, kind: /^[a-z_]{1,40}$/ };

function parseCursor(cursor: string | null | undefined, sort: EntryFilter["sort"]): EntryQuery["after"] {
  const match = /^(.+)~([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/.exec(cursor ?? "");
  const [, key, id] = match ?? [];
  return key !== undefined && id !== undefined && CURSOR_KEY[sort].test(key) ? { key, id } : null;
}
