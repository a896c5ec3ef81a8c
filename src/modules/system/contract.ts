import * as z from "zod";

/** Platform limits that staff may change while everything runs, with their starting values. */
export const limitSettings = {
  /** Questions that one person may ask in the playground within a minute. */
  chatTurnsPerMinute: { schema: z.number().int().min(1).max(1_000_000), initial: 60 },
  /** Provider calls that one process makes at the same time; further ones wait in line. */
  modelCallsPerProcess: { schema: z.number().int().min(1).max(10_000), initial: 100 },
  assistantsPerWorkspace: { schema: z.number().int().min(1).max(10_000), initial: 10 },
  documentsPerWorkspace: { schema: z.number().int().min(1).max(1_000_000), initial: 100 },
  /** Files that one person may upload within five minutes; dropping all that a workspace holds at once is one act. */
  uploadsPerFiveMinutes: { schema: z.number().int().min(1).max(1_000_000), initial: 100 },
  /** Milliseconds between two drafts of an answer in Telegram; 0 shows none. */
  telegramDraftEveryMs: {
    schema: z
      .number()
      .int()
      .max(10_000)
      .refine((ms) => ms === 0 || ms >= 1_000, "0, or at least 1000"),
    initial: 1_000,
  },
  /** How long a visitor has to be quiet in a messenger before the burst is answered as one question; 0 answers at once. */
  burstQuietMs: { schema: z.number().int().min(0).max(30_000), initial: 1_500 },
  /** How long a talk has to rest after an answer before the visitor is asked to rate it; 0 never asks. */
  ratingRestMinutes: { schema: z.number().int().min(0).max(10_080), initial: 30 },
  /** How long the assistant keeps silent in a private chat of a business account after its owner wrote there. */
  businessPauseMinutes: { schema: z.number().int().min(0).max(10_080), initial: 30 },
  /** What a confirmed owner's first workspace starts with, in micros: about fifty answers. 0 gives nothing. */
  welcomeBonusMicros: { schema: z.number().int().min(0).max(100_000_000_000), initial: 250_000_000 },
} as const;

export type LimitName = keyof typeof limitSettings;
