import * as z from "zod";

/** Platform limits that staff may change while everything runs, with their starting values. */
export const limitSettings = {
  /** Questions that one person may ask in the playground within a minute. */
  chatTurnsPerMinute: { schema: z.number().int().min(1).max(1_000_000), initial: 60 },
  assistantsPerWorkspace: { schema: z.number().int().min(1).max(10_000), initial: 10 },
  /** Milliseconds between two drafts of an answer in Telegram; 0 shows none. */
  telegramDraftEveryMs: {
    schema: z
      .number()
      .int()
      .max(10_000)
      .refine((ms) => ms === 0 || ms >= 1_000, "0, or at least 1000"),
    initial: 1_000,
  },
} as const;

export type LimitName = keyof typeof limitSettings;
