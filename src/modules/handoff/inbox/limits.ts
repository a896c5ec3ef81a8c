// Beside the contract, so that the page does not load the validation for a number.

export const INBOX_VIEWS = ["queue", "mine", "all", "mentions", "snoozed", "closed"] as const;
export type InboxView = (typeof INBOX_VIEWS)[number];

/** How far a wait has come on its way to what a visitor may expect. */
export const WAIT_STATES = ["calm", "soon", "over"] as const;
export type WaitState = (typeof WAIT_STATES)[number];

export const INBOX_SORTS = ["newest", "oldest"] as const;
export type InboxSort = (typeof INBOX_SORTS)[number];

export const INBOX_CHANNELS = ["widget", "telegram", "api"] as const;

export const inboxLimits = {
  page: 50,
  maxPage: 100,
  searchChars: 200,
  viewNameChars: 60,
  viewsPerPerson: 20,
  viewParts: 20,
  /** How many dialogs one press may close, assign or tag. */
  bulk: 50,
  /** How many replies that waited for a connection travel together. */
  repliesAtOnce: 10,
} as const;
