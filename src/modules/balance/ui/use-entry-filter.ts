"use client";

import { useAddress } from "@/components/use-address";
import { isDay } from "@/lib/zone";
import type { EntryFilter } from "../contract";
import { ENTRY_GROUPS, ENTRY_SORTS, type EntrySort } from "../limits";

const NAMES = ["kind", "from", "to", "search", "sort", "order", "holds"] as const;

/** The ledger's filter and order, kept in the address, so that a link and Back show the same rows; what is no day is left out. */
export function useEntryFilter() {
  const { values, shown, set, type } = useAddress(NAMES);
  const day = (value: string | undefined) => (value !== undefined && isDay(value) ? value : undefined);
  const filter: EntryFilter = {
    kind: ENTRY_GROUPS.find((group) => group === values.kind),
    from: day(values.from),
    to: day(values.to),
    search: values.search,
    sort: ENTRY_SORTS.find((sort) => sort === values.sort) ?? "date",
    order: values.order === "asc" ? "asc" : "desc",
    withHolds: values.holds === "true",
  };
  const { kind, from, to, search, withHolds } = filter;
  return {
    filter,
    shownSearch: shown.search ?? "",
    /** Also a year that is half typed. */
    shownDays: { from: shown.from ?? "", to: shown.to ?? "" },
    isFiltered: [kind, from, to, search].some((value) => value !== undefined) || withHolds,
    change: set,
    changeSearch: (text: string) => type({ search: text }),
    /** Sorts by a column; a second time the other way round. */
    sortBy: (sort: EntrySort) => set({ sort, order: filter.sort === sort && filter.order === "desc" ? "asc" : "desc" }),
    reset: () => set({ kind: "", from: "", to: "", search: "", holds: "" }),
  };
}

export type EntryFilterState = ReturnType<typeof useEntryFilter>;

/** The filter as the query of an export link. */
export function exportQuery({ withHolds, ...filter }: EntryFilter): string {
  const given = Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return new URLSearchParams([...given, ["withHolds", String(withHolds)]]).toString();
}
