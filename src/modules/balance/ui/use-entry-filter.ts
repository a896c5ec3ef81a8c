"use client";

import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { ENTRY_GROUPS, ENTRY_SORTS, type EntryFilter } from "../contract";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ORDERS = ["desc", "asc"] as const;

const parsers = {
  kind: parseAsStringLiteral(ENTRY_GROUPS),
  from: parseAsString,
  to: parseAsString,
  search: parseAsString,
  sort: parseAsStringLiteral(ENTRY_SORTS).withDefault("date"),
  order: parseAsStringLiteral(ORDERS).withDefault("desc"),
  holds: parseAsBoolean.withDefault(false),
};

type Change = Partial<{ kind: string; from: string; to: string; search: string; holds: boolean }>;

/** The ledger's filter and order, kept in the address, so that a link and Back show the same rows. */
export function useEntryFilter() {
  const [{ holds, ...state }, set] = useQueryStates(parsers, { throttleMs: 300 });
  const day = (value: string | null) => (value !== null && DAY.test(value) ? value : undefined);
  const filter: EntryFilter = {
    kind: state.kind ?? undefined,
    from: day(state.from),
    to: day(state.to),
    search: state.search ?? undefined,
    sort: state.sort,
    order: state.order,
    withHolds: holds,
  };
  return {
    filter,
    isFiltered: [state.kind, state.from, state.to, state.search].some((value) => value !== null) || holds,
    change: ({ kind, from, to, search, holds: withHolds }: Change) =>
      void set({
        ...(kind === undefined ? {} : { kind: ENTRY_GROUPS.find((group) => group === kind) ?? null }),
        ...(from === undefined ? {} : { from: from || null }),
        ...(to === undefined ? {} : { to: to || null }),
        ...(search === undefined ? {} : { search: search || null }),
        ...(withHolds === undefined ? {} : { holds: withHolds || null }),
      }),
    /** Sorts by a column; a second time the other way round. */
    sortBy: (sort: (typeof ENTRY_SORTS)[number]) =>
      void set({ sort, order: filter.sort === sort && filter.order === "desc" ? "asc" : "desc" }),
    reset: () => void set({ kind: null, from: null, to: null, search: null, holds: null }),
  };
}

export type EntryFilterState = ReturnType<typeof useEntryFilter>;

/** The filter as the query of an export link. */
export function exportQuery({ withHolds, ...filter }: EntryFilter): string {
  const given = Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return new URLSearchParams([...given, ["withHolds", String(withHolds)]]).toString();
}
