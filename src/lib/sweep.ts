/** Does the work for each item in turn, also behind one that fails; throws at the end with all that went wrong. */
export async function sweep<T>(items: Iterable<T>, work: (item: T) => Promise<unknown>): Promise<void> {
  const errors: unknown[] = [];
  for (const item of items) await work(item).catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw new AggregateError(errors, `The sweep failed for ${errors.length}.`);
}
