import * as z from "zod";
import type { UserRole } from "@/db/enums";
import { LOCALES, type Locale } from "@/lib/locales";
import { storable } from "@/lib/text";

export const MAX_EMAIL_LENGTH = 255;
export const MAX_PERSON_NAME_LENGTH = 100;

// Zod's own pattern with any last label: a one-letter one as in the manual, and `xn--p1ai` as in .рф.
const addressPattern = /^(?!\.)(?!.*\.\.)[\w'+.-]*[\w+-]@(?:[a-z0-9][a-z0-9-]*\.)+[a-z][a-z0-9-]*$/i;

/** An address as it is stored and compared: trimmed and lower-cased. */
export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(MAX_EMAIL_LENGTH)
  .pipe(z.email({ pattern: addressPattern }));

/** A first name; may be empty. Stored as typed, in NFC. */
export const personName = z.string().overwrite(storable).trim().max(MAX_PERSON_NAME_LENGTH);

export const localeChoice = z.enum(LOCALES);

/** What people may change about themselves. Role and status are not theirs to set, so they are not here. */
export const updateProfileInput = z.object({ name: personName, locale: localeChoice }).partial();
export type UpdateProfileInput = z.infer<typeof updateProfileInput>;

export type Profile = { id: string; email: string; name: string; role: UserRole; locale: Locale; createdAt: Date };
