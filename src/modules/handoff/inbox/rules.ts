import type { Channel } from "@/db/enums";
import { type Promises, slaMs } from "@/modules/handoff/rules";
import type { InboxFilter, InboxItem } from "./contract";
import type { InboxSort, InboxView, WaitState } from "./limits";

/** How a wait looks: quiet up to half of what the channel promises, urgent to the end of it, late behind. */
export function waitState(channel: Channel, waitedMs: number, promises?: Promises): WaitState {
  const share = waitedMs / slaMs(channel, promises);
  if (share >= 1) return "over";
  return share >= 0.5 ? "soon" : "calm";
}

/** Who waits longest comes first; everything else goes by what happened last. */
export function sortOf(view: InboxView, chosen: InboxSort | undefined): InboxSort {
  return chosen ?? (view === "queue" || view === "snoozed" ? "oldest" : "newest");
}

/** Of the caller's own dialogs: the ones that owe an answer, longest wait first, then those whose visitors are to write. */
function compareMine(one: InboxItem, other: InboxItem): number {
  if (one.waitingSince && other.waitingSince) return one.waitingSince.getTime() - other.waitingSince.getTime();
  if (one.waitingSince || other.waitingSince) return one.waitingSince ? -1 : 1;
  return other.at.getTime() - one.at.getTime();
}

/** The order of a view; between equals the id decides, as it does in the database. */
export function inOrderOf({ view, sort }: Pick<InboxFilter, "view" | "sort">) {
  const direction = sortOf(view, sort) === "oldest" ? 1 : -1;
  return (one: InboxItem, other: InboxItem): number => {
    const byTime =
      view === "mine" && !sort ? compareMine(one, other) : direction * (one.at.getTime() - other.at.getTime());
    return byTime || direction * (one.id < other.id ? -1 : Number(one.id > other.id));
  };
}

/**
 * The shown rows after some of them were asked for again: what no longer belongs is gone, the rest stands in order. A row
 * behind the last one of an unfinished list belongs to a page that was not read yet.
 */
export function mergeRows(
  shown: readonly InboxItem[],
  change: { asked: readonly string[]; found: readonly InboxItem[]; hasMore: boolean },
  order: (one: InboxItem, other: InboxItem) => number,
): InboxItem[] {
  const asked = new Set(change.asked);
  const last = shown.at(-1);
  const kept = shown.filter(({ id }) => !asked.has(id));
  const isRead = (item: InboxItem) => !change.hasMore || (last !== undefined && order(item, last) <= 0);
  return [...kept, ...change.found.filter(isRead)].sort(order);
}
