// Beside the contract, so that pages which only need a number do not load the validation.

export const assistantLimits = {
  nameChars: 100,
  instructionsChars: 20_000,
  greetingChars: 1_000,
  starters: 4,
  starterChars: 200,
} as const;
