// Beside the contract, so that pages which only need a number or a list do not load the validation.

export const LETTER_KINDS = [
  "confirm-code",
  "welcome",
  "reset-password",
  "invitation",
  "known-address",
  "bot-token-invalid",
  "bot-taken-over",
  "handoff-waiting",
  "handoff-escalated",
  "contact-left",
  "balance-low",
  "balance-empty",
  "balance-mismatch",
  "ai-keys-resting",
] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

export const EMAIL_STATUS_LIST = ["queued", "sent", "kept", "failed"] as const;
export const EMAIL_PAGE_SIZE = 50;
export type EmailStatus = (typeof EMAIL_STATUS_LIST)[number];
