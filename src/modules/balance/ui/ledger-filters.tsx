"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { balanceLimits, ENTRY_GROUPS, ENTRY_SORTS } from "../limits";
import type { EntryFilterState } from "./use-entry-filter";

const SHOWN_GROUPS = ENTRY_GROUPS.filter((group) => group !== "holds");

export function LedgerFilters({ state }: { state: EntryFilterState }) {
  const t = useTranslations("balance");
  const common = useTranslations("common.action");
  const { filter, change, isFiltered } = state;
  return (
    <div
      role="search"
      aria-label={t("filter.label")}
      className="grid grid-cols-2 items-center gap-2 md:flex md:flex-wrap"
    >
      <Input
        type="search"
        aria-label={t("filter.search")}
        placeholder={t("filter.search")}
        value={state.shownSearch}
        maxLength={balanceLimits.searchChars}
        onChange={({ target }) => state.changeSearch(target.value)}
        className="col-span-2 md:w-64"
      />
      <Select
        aria-label={t("filter.kind")}
        value={filter.kind ?? ""}
        onChange={({ target }) => change({ kind: target.value })}
        options={[
          { value: "", label: t("filter.anyKind") },
          ...SHOWN_GROUPS.map((value) => ({ value, label: t(`group.${value}`) })),
        ]}
        className="max-md:col-span-2 md:w-44"
      />
      {(["from", "to"] as const).map((name) => (
        <label
          key={name}
          className="flex min-w-0 items-center gap-2 text-sm text-muted max-md:flex-col max-md:items-stretch max-md:gap-1"
        >
          {t(`filter.${name}`)}
          <Input
            type="date"
            value={state.shownDays[name]}
            onChange={({ target }) => change({ [name]: target.value })}
            className="md:w-38"
          />
        </label>
      ))}
      <Select
        aria-label={t("filter.sort")}
        value={filter.sort}
        onChange={({ target }) => {
          const sort = ENTRY_SORTS.find((known) => known === target.value);
          if (sort) state.sortBy(sort);
        }}
        options={ENTRY_SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
        className="max-md:col-span-2 md:hidden"
      />
      <Checkbox
        label={t("filter.holds")}
        checked={filter.withHolds}
        onChange={({ target }) => change({ holds: target.checked ? "true" : "" })}
        className="max-md:col-span-2"
      />
      {isFiltered && (
        <Button variant="ghost" onClick={state.reset}>
          {common("resetFilters")}
        </Button>
      )}
    </div>
  );
}
