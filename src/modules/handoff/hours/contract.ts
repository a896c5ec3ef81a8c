import * as z from "zod";
import { HANDOFF_AUDIENCES, type HandoffAudience } from "@/db/enums";
import { storable } from "@/lib/text";
import { emailAddress } from "@/modules/users/contract";
import { setTimeZoneInput } from "@/modules/workspaces/contract";
import { hoursLimits } from "./limits";
import { type Hours, type Interval, overlaps, type SpecialDay } from "./rules";

const DAY_MINUTES = 24 * 60;

const interval = z
  .object({
    from: z
      .int()
      .min(0)
      .max(DAY_MINUTES - 1),
    to: z.int().min(0).max(DAY_MINUTES),
  })
  // The same minute twice is neither nothing nor a whole day; a whole day is 0 to 1440.
  .refine(({ from, to }) => from !== to, "interval");
const intervals = z
  .array(interval)
  .max(hoursLimits.intervals)
  .refine((list) => !overlaps(list), "overlap")
  .overwrite((list) => [...list].sort((one, other) => one.from - other.from));
const specialDay = z.object({
  day: z.iso.date(),
  name: z.string().overwrite(storable).trim().max(hoursLimits.specialDayNameChars).default(""),
  isYearly: z.boolean().default(false),
  intervals: intervals.default([]),
});
/** The state that was edited; a save over a newer one is a CONFLICT. Zero before the first save. */
const version = z.int().nonnegative();

export const saveHoursInput = z.object({
  version,
  isAlwaysOpen: z.boolean(),
  /** Null: the workspace's own zone. */
  timeZone: setTimeZoneInput.shape.timeZone.nullable(),
  week: z.array(intervals).length(7),
  specialDays: z
    .array(specialDay)
    .max(hoursLimits.specialDays)
    .refine(
      (days) => new Set(days.map(({ day, isYearly }) => (isYearly ? day.slice(5) : day))).size === days.length,
      "twice",
    )
    .overwrite((days) => [...days].sort((one, other) => one.day.localeCompare(other.day))),
});

const minutes = z.int().min(1).max(hoursLimits.slaMinutes);
const tell = z.array(z.enum(HANDOFF_AUDIENCES)).overwrite((audiences) => [...new Set(audiences)]);

export const saveLadderInput = z.object({
  version,
  siteSlaMinutes: minutes,
  telegramSlaMinutes: minutes,
  rungs: z
    .array(z.object({ times: z.int().min(1).max(hoursLimits.times), tell }))
    .max(hoursLimits.rungs)
    .refine((rungs) => rungs.every(({ times }, n) => n === 0 || times > (rungs[n - 1]?.times ?? 0)), "rising"),
  requestTell: tell,
  extraEmails: z
    .array(emailAddress)
    .max(hoursLimits.extraEmails)
    .overwrite((emails) => [...new Set(emails)]),
  /** Zero: never. */
  expiresAfterMinutes: z.int().min(0).max(hoursLimits.expiryMinutes),
  /** Zero: never. A minute alone would lose people between two of their beats. */
  operatorLostAfterMinutes: z
    .int()
    .min(0)
    .max(hoursLimits.expiryMinutes)
    .refine((value) => value !== 1, "tooShort"),
});

export type SaveHoursInput = z.input<typeof saveHoursInput>;
export type SaveLadderInput = z.input<typeof saveLadderInput>;

export type Rung = { times: number; tell: HandoffAudience[] };

/** How soon people answer, and what happens when they do not. */
export type Ladder = {
  siteSlaMinutes: number;
  telegramSlaMinutes: number;
  rungs: Rung[];
  requestTell: HandoffAudience[];
  extraEmails: string[];
  expiresAfterMinutes: number;
  operatorLostAfterMinutes: number;
};

/** All that a workspace has set about reaching its people. */
export type HandoffSettings = Ladder & {
  isAlwaysOpen: boolean;
  /** Null: the workspace's own zone. */
  timeZone: string | null;
  workspaceTimeZone: string;
  week: Interval[][];
  specialDays: SpecialDay[];
  version: number;
};

/** Whether people are to be expected now, as members and visitors are told. */
export type Reach = {
  isOpen: boolean;
  /** Now while open; null when no hours are planned. */
  opensAt: Date | null;
  closesAt: Date | null;
  timeZone: string;
  siteSlaMinutes: number;
  telegramSlaMinutes: number;
};

/** The hours that the settings say. */
export function hoursOf({ isAlwaysOpen, timeZone, workspaceTimeZone, week, specialDays }: HandoffSettings): Hours {
  return { isAlwaysOpen, timeZone: timeZone ?? workspaceTimeZone, week, specialDays };
}
