import * as z from "zod";
import { HANDOFF_REASONS } from "@/db/enums";
import { storable } from "@/lib/text";
import { EMAIL_PAGE_SIZE, EMAIL_STATUS_LIST, type EmailStatus, type LetterKind } from "./limits";

const text = z.string().max(500);
const handoff = z.object({
  visitorName: text,
  assistantName: text,
  reason: z.enum(HANDOFF_REASONS),
  /** Whole minutes of waiting, as digits. */
  minutes: z.string().regex(/^\d+$/),
  excerpt: text,
  url: z.url(),
});

/** Every letter with the values of its template. All of them are texts or links made by us, escaped at rendering. */
export const LETTERS = {
  "confirm-code": z.object({ code: text, name: text }),
  welcome: z.object({ name: text, url: z.url() }),
  "reset-password": z.object({ name: text, url: z.url() }),
  invitation: z.object({ workspaceName: text, inviterName: text, url: z.url() }),
  "known-address": z.object({ name: text, loginUrl: z.url(), resetUrl: z.url() }),
  "bot-token-invalid": z.object({ botName: text, assistantName: text, url: z.url() }),
  "bot-taken-over": z.object({ botName: text, assistantName: text, url: z.url() }),
  "handoff-waiting": handoff,
  "handoff-escalated": handoff,
  "contact-left": z.object({ visitorName: text, assistantName: text, excerpt: text, url: z.url() }),
  "balance-low": z.object({ workspaceName: text, answers: text, url: z.url() }),
  "balance-empty": z.object({ workspaceName: text, answers: text, url: z.url() }),
  "balance-mismatch": z.object({ workspaceId: text, checks: text, url: z.url() }),
  "ai-keys-resting": z.object({ keys: text, url: z.url() }),
} as const satisfies Record<LetterKind, z.ZodType>;

export type LetterPayload<K extends LetterKind> = z.infer<(typeof LETTERS)[K]>;
export const emailListInput = z.object({
  status: z.enum(EMAIL_STATUS_LIST).optional(),
  search: z.string().overwrite(storable).trim().max(255).optional(),
  cursor: z.uuid().nullish(),
  limit: z.number().int().min(1).max(100).default(EMAIL_PAGE_SIZE),
});
export const emailIdInput = z.object({ id: z.uuid() });
export type EmailListInput = z.infer<typeof emailListInput>;

export type EmailSummary = {
  id: string;
  kind: string;
  to: string;
  locale: string;
  status: EmailStatus;
  attempts: number;
  error: string | null;
  createdAt: Date;
  sentAt: Date | null;
};
export type RenderedLetter = { subject: string; html: string; text: string };
