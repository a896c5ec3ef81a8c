/** One line of the benchmark table. A row with a `budget` also says whether it was met. */
export type BenchRow = {
  name: string;
  value: number;
  unit: string;
  /** The same measure of a peer or floor in the same run, and our share of it. */
  floor?: number;
  ratio?: number;
  budget?: string;
  ok?: boolean;
  /** What keeps the figure from its budget; printed when it was missed. */
  why?: string;
  /** A broken promise fails the command; a missed figure does not. */
  isPromise?: boolean;
};

type Budget = { atLeastRatio?: number; atMostRatio?: number; atLeast?: number; atMost?: number; why?: string };

/** A measured pair as a row: our figure, the floor's, their ratio, and whether the budget was met. */
export function budgetRow(
  name: string,
  pair: { ours: number; floor: number },
  unit: string,
  budget: Budget = {},
): BenchRow {
  const ratio = pair.ours / pair.floor;
  const words = [
    budget.atLeastRatio !== undefined && `≥ ${budget.atLeastRatio}× floor`,
    budget.atMostRatio !== undefined && `≤ ${budget.atMostRatio}× floor`,
    budget.atLeast !== undefined && `≥ ${budget.atLeast} ${unit}`,
    budget.atMost !== undefined && `≤ ${budget.atMost} ${unit}`,
  ].filter((word) => word !== false);
  const isMet =
    ratio >= (budget.atLeastRatio ?? Number.NEGATIVE_INFINITY) &&
    ratio <= (budget.atMostRatio ?? Number.POSITIVE_INFINITY) &&
    pair.ours >= (budget.atLeast ?? Number.NEGATIVE_INFINITY) &&
    pair.ours <= (budget.atMost ?? Number.POSITIVE_INFINITY);
  return {
    name,
    value: pair.ours,
    unit,
    floor: pair.floor,
    ratio,
    ...(words.length > 0 ? { budget: words.join(", "), ok: isMet, why: budget.why } : {}),
  };
}
