"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { CHANNELS } from "@/db/enums";
import { DIALOG_FILTERS } from "@/modules/dialogs/limits";

const parsers = {
  status: parseAsStringLiteral(DIALOG_FILTERS),
  channel: parseAsStringLiteral(CHANNELS),
  assistantId: parseAsString,
  search: parseAsString,
};

/** The list's filter, kept in the address, so that a link and Back show the same list. */
export function useDialogFilter() {
  const [{ status, channel, assistantId, search }, set] = useQueryStates(parsers, { throttleMs: 300 });
  const filter = {
    status: status ?? undefined,
    channel: channel ?? undefined,
    assistantId: assistantId ?? undefined,
    search: search ?? undefined,
  };
  return {
    filter,
    setFilter: (change: Partial<{ [Key in keyof typeof filter]: string | null }>) =>
      void set({
        ...("status" in change ? { status: DIALOG_FILTERS.find((known) => known === change.status) ?? null } : {}),
        ...("channel" in change ? { channel: CHANNELS.find((known) => known === change.channel) ?? null } : {}),
        ...("assistantId" in change ? { assistantId: change.assistantId || null } : {}),
        ...("search" in change ? { search: change.search || null } : {}),
      }),
    isFiltered: Object.values(filter).some((value) => value !== undefined),
    reset: () => void set({ status: null, channel: null, assistantId: null, search: null }),
  };
}

export type DialogFilterValues = ReturnType<typeof useDialogFilter>;
