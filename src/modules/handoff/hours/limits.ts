// Beside the contract, so that pages which only need a number do not load the validation.

export const hoursLimits = {
  intervals: 6,
  specialDays: 100,
  specialDayNameChars: 60,
  rungs: 5,
  times: 20,
  extraEmails: 10,
  slaMinutes: 24 * 60,
  expiryMinutes: 24 * 60,
} as const;
