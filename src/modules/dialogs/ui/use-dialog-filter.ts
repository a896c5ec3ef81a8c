"use client";

import { useAddress } from "@/components/use-address";
import { CHANNELS } from "@/db/enums";
import { DIALOG_FILTERS } from "@/modules/dialogs/limits";

const NAMES = ["status", "channel", "assistantId", "search"] as const;

/** The list's filter, kept in the address. */
export function useDialogFilter() {
  const { values, shown, set, type } = useAddress(NAMES);
  const filter = {
    status: DIALOG_FILTERS.find((known) => known === values.status),
    channel: CHANNELS.find((known) => known === values.channel),
    assistantId: values.assistantId,
    search: values.search,
  };
  return {
    filter,
    shown,
    set,
    type,
    isFiltered: Object.values(filter).some((value) => value !== undefined),
    reset: () => set({ status: "", channel: "", assistantId: "", search: "" }),
  };
}

export type DialogFilterState = ReturnType<typeof useDialogFilter>;
