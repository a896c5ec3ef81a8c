"use client";

import { useAddress } from "@/components/use-address";
import { CHANNELS } from "@/db/enums";
import { isDay } from "@/lib/zone";
import { DIALOG_FILTERS, PERIODS, RATING_FILTERS, RESOLUTION_FILTERS } from "@/modules/dialogs/limits";

const NAMES = [
  "status",
  "channel",
  "assistantId",
  "search",
  "period",
  "from",
  "to",
  "rating",
  "resolution",
  "tag",
] as const;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The list's filter, kept in the address; what a person typed there and nobody knows is left out. */
export function useDialogFilter() {
  const { values, shown, set, type } = useAddress(NAMES);
  const period = PERIODS.find((known) => known === values.period);
  const day = (value: string | undefined) =>
    period === "custom" && value !== undefined && isDay(value) ? value : undefined;
  const filter = {
    status: DIALOG_FILTERS.find((known) => known === values.status),
    channel: CHANNELS.find((known) => known === values.channel),
    assistantId: values.assistantId && UUID.test(values.assistantId) ? values.assistantId : undefined,
    search: values.search,
    period,
    from: day(values.from),
    to: day(values.to),
    rating: RATING_FILTERS.find((known) => known === values.rating),
    resolution: RESOLUTION_FILTERS.find((known) => known === values.resolution),
    tag: values.tag,
  };
  return {
    filter,
    shown,
    set,
    type,
    isFiltered: Object.values(filter).some((value) => value !== undefined),
    reset: () => set(Object.fromEntries(NAMES.map((name) => [name, ""]))),
  };
}

export type DialogFilterState = ReturnType<typeof useDialogFilter>;

/** The filter as the query of an export link. */
export function exportQuery(filter: DialogFilterState["filter"]): string {
  const given = Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return new URLSearchParams(given).toString();
}
