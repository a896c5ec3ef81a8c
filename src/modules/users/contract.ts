import * as z from "zod";
import type { UserRole } from "@/db/enums";
import { LOCALES, type Locale } from "@/lib/locales";
import { storable } from "@/lib/text";

export const MAX_EMAIL_LENGTH = 255;
export const MAX_PERSON_NAME_LENGTH = 100;

/** An address as it is stored and compared: trimmed and lower-cased. */
export const emailAddress = z.string().trim().toLowerCase().max(MAX_EMAIL_LENGTH).pipe(z.email());

/** A first name; may be empty. Stored as typed, in NFC. */
export const personName = z.string().overwrite(storable).trim().max(MAX_PERSON_NAME_LENGTH);

export const localeChoice = z.enum(LOCALES);

/** What people may change about themselves. Role and status are not theirs to set, so they are not here. */
export const updateProfileInput = z.object({ name: personName, locale: localeChoice }).partial();
export type UpdateProfileInput = z.infer<typeof updateProfileInput>;

export type Profile = { id: string; email: string; name: string; role: UserRole; locale: Locale; createdAt: Date };
