// Beside the contract, so that the page does not load the validation for a number.

export const INBOX_VIEWS = ["queue", "mine", "all", "closed"] as const;
export type InboxView = (typeof INBOX_VIEWS)[number];

export const inboxLimits = {
  page: 50,
  maxPage: 100,
  searchChars: 200,
  viewNameChars: 60,
  viewsPerPerson: 20,
  /** How many dialogs one press may close, assign or tag. */
  bulk: 50,
} as const;
