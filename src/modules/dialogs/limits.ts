// Beside the contract, so that pages which only need a number do not load the validation.

export const dialogLimits = {
  messageChars: 10_000,
  page: 50,
  maxPage: 100,
  searchChars: 200,
  previewChars: 200,
  tags: 20,
  tagChars: 40,
  resolutionChars: 500,
  commentChars: 1_000,
  /** Rows of one export. */
  exportRows: 100_000,
  countedTags: 100,
} as const;

/** A dialog as the list filters it: both facts of a dialog, its life and who holds it, in one word. */
export const DIALOG_FILTERS = ["open", "waiting", "operator", "ended"] as const;
export type DialogFilter = (typeof DIALOG_FILTERS)[number];

export const PERIODS = ["today", "week", "month", "custom"] as const;
export type Period = (typeof PERIODS)[number];

/** Stars 1–2, 3, 4–5, none yet, and any answer with a thumb down. */
export const RATING_FILTERS = ["low", "middle", "high", "none", "disliked"] as const;
export type RatingFilter = (typeof RATING_FILTERS)[number];

export const RESOLUTION_FILTERS = ["solved", "unsolved", "spam", "none"] as const;

export const THUMBS = ["up", "down"] as const;
export type Thumb = (typeof THUMBS)[number];

/** How long a close can be taken back. */
export const reopenableForMs = 5 * 60_000;

/** States from which a person may have a message sent again. */
export const RETRYABLE = ["failed", "uncertain"] as const;
