"use client";

import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import type { PersonNumbers } from "@/modules/handoff/numbers/contract";
import { trpc } from "@/trpc/client";
import { useNumberWords } from "./use-number-words";
import type { PeriodState } from "./use-period";

/** The same numbers of everybody, side by side; on a phone one under the other. */
export function TeamNumbers({ input }: Pick<PeriodState, "input">) {
  const t = useTranslations("numbers");
  const common = useTranslations("common.state");
  const team = trpc.numbers.team.useQuery(input, { placeholderData: (earlier) => earlier });
  return (
    <section aria-labelledby="team-numbers" className="mt-8 flex flex-col gap-3">
      <h2 id="team-numbers" className="text-md font-semibold">
        {t("team")}
      </h2>
      {team.isPending ? (
        <SkeletonRows rows={4} label={common("loading")} />
      ) : team.isError ? (
        <ErrorState
          onRetry={() => void team.refetch()}
          isRetrying={team.isRefetching}
          requestId={team.error.data?.requestId}
        />
      ) : (
        <>
          <div className="max-lg:hidden">
            <WideTable people={team.data.items} />
          </div>
          <ul className="divide-y rounded-lg border bg-raised lg:hidden">
            {team.data.items.map((person) => (
              <NarrowRow key={person.userId} person={person} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

const COLUMNS = ["handled", "median", "p90", "rating", "closed", "solvedShare"] as const;

function useCells() {
  const words = useNumberWords();
  return (person: PersonNumbers): Record<(typeof COLUMNS)[number], string> => ({
    handled: words.count(person.handled),
    median: words.wait(person.medianMs),
    p90: words.slowWait(person),
    rating: words.stars(person),
    closed: words.count(person.closed),
    solvedShare: words.solved(person),
  });
}

function WideTable({ people }: { people: readonly PersonNumbers[] }) {
  const t = useTranslations("numbers");
  const cellsOf = useCells();
  return (
    <Table>
      <TableHead>
        <tr>
          <TableHeaderCell>{t("person")}</TableHeaderCell>
          {COLUMNS.map((name) => (
            <TableHeaderCell key={name} align="end" className="whitespace-normal">
              {t(name)}
            </TableHeaderCell>
          ))}
        </tr>
      </TableHead>
      <TableBody>
        {people.map((person) => {
          const cells = cellsOf(person);
          return (
            <TableRow key={person.userId}>
              <TableCell className="max-w-56">
                <p className="truncate font-medium" title={person.name}>
                  {person.name || t("nameless")}
                </p>
              </TableCell>
              {COLUMNS.map((name) => (
                <TableCell key={name} align="end">
                  {cells[name]}
                </TableCell>
              ))}
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

function NarrowRow({ person }: { person: PersonNumbers }) {
  const t = useTranslations("numbers");
  const cells = useCells()(person);
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <p className="font-medium wrap-anywhere">{person.name || t("nameless")}</p>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-sm">
        {COLUMNS.map((name) => (
          <div key={name} className="contents">
            <dt className="text-muted">{t(name)}</dt>
            <dd className="text-right tabular-nums">{cells[name]}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
