// Beside the contract, so that pages which only need a number or a list do not load the validation.

/** What people filter the ledger by; each group is a set of kinds. */
export const ENTRY_GROUPS = ["charges", "top-ups", "bonuses", "refunds", "adjustments", "holds"] as const;
export type EntryGroup = (typeof ENTRY_GROUPS)[number];

export const ENTRY_SORTS = ["date", "amount", "kind"] as const;
export type EntrySort = (typeof ENTRY_SORTS)[number];

export const balanceLimits = { page: 50, maxPage: 100, searchChars: 200, exportRows: 100_000 } as const;
