"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/cn";
import { useMoney } from "@/components/money";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { LedgerEntry } from "../contract";
import type { EntrySort } from "../limits";
import type { EntryFilterState } from "./use-entry-filter";
import { useEntryWords } from "./use-entry-words";

type LedgerTableProps = { items: readonly LedgerEntry[]; state: EntryFilterState; onOpen: (id: string) => void };

/** A table where there is room, two-line rows on a phone. Each row opens its receipt. */
export function LedgerTable({ items, state, onOpen }: LedgerTableProps) {
  const t = useTranslations("balance.ledger");
  const { titleOf, aboutOf } = useEntryWords();
  const { money } = useMoney();
  const hasBalance = state.filter.sort === "date" && state.filter.order === "desc";
  return (
    <>
      <div className="max-md:hidden">
        <Table className="table-fixed" aria-labelledby="ledger-title">
          <TableHead>
            <tr>
              <Sortable sort="date" state={state} className="w-36">
                {t("time")}
              </Sortable>
              <Sortable sort="kind" state={state}>
                {t("what")}
              </Sortable>
              <Sortable sort="amount" state={state} align="end" className="w-40">
                {t("amount")}
              </Sortable>
              {hasBalance && (
                <TableHeaderCell align="end" className="w-40">
                  {t("balance")}
                </TableHeaderCell>
              )}
            </tr>
          </TableHead>
          <TableBody>
            {items.map((entry) => (
              <TableRow key={entry.id} className="hover:bg-hover">
                <TableCell className="text-muted">
                  <TimeAgo at={entry.createdAt} />
                </TableCell>
                <TableCell>
                  <OpenButton onClick={() => onOpen(entry.id)}>{titleOf(entry)}</OpenButton>
                  <p className="truncate text-sm text-muted">{aboutOf(entry)}</p>
                </TableCell>
                <TableCell align="end">
                  <Amount entry={entry} />
                </TableCell>
                {hasBalance && (
                  <TableCell align="end" className="text-muted">
                    {entry.balanceMicros !== null && money(entry.balanceMicros)}
                  </TableCell>
                )}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      <ul aria-labelledby="ledger-title" className="divide-y rounded-lg border bg-raised md:hidden">
        {items.map((entry) => (
          <li key={entry.id} className="relative flex flex-col gap-1 px-4 py-3">
            <div className="flex items-baseline justify-between gap-3">
              <OpenButton onClick={() => onOpen(entry.id)}>{titleOf(entry)}</OpenButton>
              <span className="shrink-0 tabular-nums">
                <Amount entry={entry} />
              </span>
            </div>
            <div className="flex items-baseline justify-between gap-3 text-sm text-muted">
              <span className="min-w-0 truncate">{aboutOf(entry)}</span>
              <TimeAgo at={entry.createdAt} className="shrink-0" />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Its area is the whole row. */
function OpenButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      aria-haspopup="dialog"
      className="block max-w-full truncate text-left font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
    >
      {children}
    </button>
  );
}

function Amount({ entry: { kind, amountMicros, reservedMicros } }: { entry: LedgerEntry }) {
  const t = useTranslations("balance.ledger");
  const { money } = useMoney();
  if (kind === "release") return <span className="text-muted">{t("notCharged")}</span>;
  if (kind === "hold") return <span className="text-muted">{t("reserved", { amount: money(reservedMicros) })}</span>;
  return (
    <span className={cn("font-medium", amountMicros > 0 && "text-success-text")}>
      {money(amountMicros, { signed: true })}
    </span>
  );
}

type SortableProps = {
  sort: EntrySort;
  state: EntryFilterState;
  align?: "start" | "end";
  className?: string;
  children: ReactNode;
};

function Sortable({ sort, state: { filter, sortBy }, align, className, children }: SortableProps) {
  const isSorted = filter.sort === sort;
  const Arrow = filter.order === "asc" ? ArrowUp : ArrowDown;
  const ariaSort = isSorted ? (filter.order === "asc" ? "ascending" : "descending") : undefined;
  return (
    <TableHeaderCell align={align} aria-sort={ariaSort} className={className}>
      <button
        type="button"
        onClick={() => sortBy(sort)}
        className="inline-flex min-h-6 items-center gap-1 rounded-sm font-medium hover:text-text touch-target"
      >
        {children}
        {isSorted && <Arrow aria-hidden className="size-3.5" strokeWidth={1.75} />}
      </button>
    </TableHeaderCell>
  );
}
