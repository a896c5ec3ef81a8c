// Beside the contract, so that pages which only need a number do not load the validation.

export const replyLimits = {
  shortcutChars: 40,
  titleChars: 120,
  textChars: 4_000,
  perWorkspace: 500,
} as const;
