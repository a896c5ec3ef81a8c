import { AppError, notFound } from "@/lib/errors";
import type { WorkspaceId } from "@/lib/brand";
import { newId } from "@/lib/ids";
import type { Locale } from "@/lib/locales";
import { audit } from "@/modules/audit/server/service";
import type { Ctx, UserCtx } from "@/server/context";
import { enqueue, type JobCtx } from "@/server/jobs/define";
import { inTransaction } from "@/server/transaction";
import { LETTERS, type EmailListInput, type EmailSummary, type LetterPayload, type RenderedLetter } from "../contract";
import type { LetterKind } from "../limits";
import { LETTER_KINDS } from "../limits";
import { composeLetter, plainText } from "../letters/compose";
import { emailQueued } from "../events";
import { deliver, hasTransport } from "./gateway";
import { findEmail, insertEmail, listEmails as selectEmails, moveEmail } from "./repository";

export type QueuedEmail<K extends LetterKind> = {
  kind: K;
  to: string;
  locale: Locale;
  payload: LetterPayload<K>;
  /** Two letters with the same key are one. */
  dedupeKey: string;
  workspaceId?: WorkspaceId;
};

/**
 * Writes a letter into the outbox with the caller's transaction; a job sends it. Without a mail service it is kept
 * there and shown to staff. A repeated dedupe key changes nothing.
 */
export async function queueEmail<K extends LetterKind>(ctx: Ctx, email: QueuedEmail<K>): Promise<void> {
  const { kind, to, locale, dedupeKey, workspaceId = null } = email;
  const payload: Record<string, string> = LETTERS[kind].parse(email.payload);
  const status = hasTransport() ? "queued" : "kept";
  const id = await insertEmail(ctx.db, { kind, toAddress: to, locale, payload, dedupeKey, workspaceId, status });
  if (id && status === "queued") await enqueue(ctx, emailQueued, { emailId: id, wish: newId() });
}

/** Sends one queued letter. Throws while the service may recover; a refusal for good or the last attempt ends as `failed`. */
export async function sendQueuedEmail(
  ctx: JobCtx,
  { emailId, wish }: { emailId: string; wish: string },
): Promise<void> {
  const email = await findEmail(ctx.db, emailId);
  if (!email || email.status !== "queued") return;
  const attempts = email.attempts + 1;
  const delivery = await deliver(wish, email.to, await renderEmail(email)).catch((error: unknown) => {
    ctx.log.error({ event: "mail-unreachable", error });
    return { ok: false as const, reason: "no answer", isPermanent: false };
  });
  ctx.note({ mailKind: email.kind, mailAttempts: attempts, mailSent: delivery.ok });
  if (delivery.ok) {
    const sent = { status: "sent", attempts, sentAt: ctx.now(), externalId: delivery.externalId, error: null } as const;
    await moveEmail(ctx.db, emailId, ["queued"], sent);
    return;
  }
  const isOver = delivery.isPermanent || ctx.isLastAttempt;
  await moveEmail(ctx.db, emailId, ["queued"], {
    status: isOver ? "failed" : "queued",
    attempts,
    error: delivery.reason,
  });
  if (!isOver) throw new Error(`The mail service refused: ${delivery.reason}.`);
}

/** The outbox for staff, newest first. */
export async function listEmails(
  ctx: UserCtx,
  input: EmailListInput,
): Promise<{ items: EmailSummary[]; nextCursor: string | null }> {
  const rows = await selectEmails(ctx.db, input);
  const items = rows.slice(0, input.limit);
  return { items, nextCursor: rows.length > input.limit ? (items.at(-1)?.id ?? null) : null };
}

/** One letter as its recipient sees it. */
export async function getEmail(
  ctx: UserCtx,
  id: string,
): Promise<EmailSummary & { letter: RenderedLetter; hasTransport: boolean }> {
  const email = await findEmail(ctx.db, id);
  if (!email) throw notFound("Letter");
  const { payload: _, ...summary } = email;
  return { ...summary, letter: await renderEmail(email), hasTransport: hasTransport() };
}

/** Sends a letter once more, or keeps it when there is still no mail service. */
export async function resendEmail(ctx: UserCtx, id: string): Promise<{ status: "queued" | "kept" }> {
  return inTransaction(ctx, async (ctx) => {
    if (!(await findEmail(ctx.db, id))) throw notFound("Letter");
    const status = hasTransport() ? "queued" : "kept";
    const isMoved = await moveEmail(ctx.db, id, ["sent", "kept", "failed"], { status, error: null });
    if (!isMoved) throw new AppError("CONFLICT", "This letter is on its way.", { facts: { reason: "already-queued" } });
    if (status === "queued") await enqueue(ctx, emailQueued, { emailId: id, wish: newId() });
    await audit(ctx, { operation: "mail.resent", targetKind: "email", targetId: id });
    return { status };
  });
}

async function renderEmail(email: { kind: string; payload: unknown; locale: Locale }): Promise<RenderedLetter> {
  const kind = LETTER_KINDS.find((known) => known === email.kind);
  if (!kind) throw new Error(`No template for letters of the kind ${email.kind}.`);
  const letter = composeLetter(kind, email.payload, email.locale);
  const { letterHtml } = await import("../letters/letter-html");
  return { subject: letter.subject, html: await letterHtml(letter, email.locale), text: plainText(letter) };
}
