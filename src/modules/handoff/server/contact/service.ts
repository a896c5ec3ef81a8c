import { createTranslator } from "next-intl";
import type { z } from "zod";
import type { HandoffReason } from "@/db/enums";
import { MESSAGES } from "@/i18n/messages";
import type { WorkspaceId } from "@/lib/brand";
import { AppError } from "@/lib/errors";
import { excerpt } from "@/lib/text";
import { audit } from "@/modules/audit/server/service";
import { addTeamNote, tagDialog } from "@/modules/dialogs/server/notes";
import { spokenLocale } from "@/modules/dialogs/server/spoken-locale";
import { queueEmail } from "@/modules/email/server/service";
import { findContact } from "@/modules/handoff/contact/rules";
import { handoffLimits, type HandoffResult } from "@/modules/handoff/contract";
import { contactLeft } from "@/modules/handoff/events";
import type { Reach } from "@/modules/handoff/hours/contract";
import type { WorkspaceCtx } from "@/server/context";
import { env } from "@/server/env";
import { enqueue, type JobCtx } from "@/server/jobs/define";
import { publish } from "@/server/realtime/publish";
import { inTransaction } from "@/server/transaction";
import { reachOf, settingsOf } from "../hours/service";
import { listRecipients } from "../mail-repository";
import { tellVisitor } from "../notices";
import type { HandoffDialog } from "../repository";
import { holdDialog, settleTalk } from "../transition";
import { findLeftContact, setContactAsked } from "./repository";

const EXCERPT_CHARS = 400;

type Asking = { reason: HandoffReason; requestId?: string; question?: string };

/**
 * Outside working hours: tells the visitor of a held dialog when somebody is back and asks for a contact. A question that has
 * one already is taken as it is.
 */
export async function turnAway(
  ctx: WorkspaceCtx,
  dialog: HandoffDialog,
  reach: Reach,
  { reason, requestId, question = "" }: Asking,
): Promise<HandoffResult> {
  await audit(ctx, {
    operation: "handoff.turned-away",
    targetKind: "dialog",
    targetId: dialog.id,
    detail: { reason, opensAt: reach.opensAt?.toISOString() ?? null },
  });
  await settleTalk(ctx, dialog);
  // The number of messages tells one request from the next.
  const key = requestId ?? String(dialog.messageSeq);
  if (findContact(question) !== null) await keepContact(ctx, dialog, { text: question, reach, key });
  else {
    await askContact(ctx, dialog, ctx.now());
    await tellVisitor(ctx, dialog, { kind: "closed", reach, key });
  }
  return { status: "none", isClosed: true, opensAt: reach.opensAt };
}

/** From now on the next message with a contact is for the team. */
export async function askContact(ctx: WorkspaceCtx, dialog: Pick<HandoffDialog, "id">, now: Date): Promise<void> {
  await setContactAsked(ctx.db, ctx.workspaceId, dialog.id, now);
}

/**
 * Takes a visitor's contact that was asked for: a note and a tag for the team, letters, thanks to the visitor. False when the
 * text has none, or nobody asks for it any more. Refuses: NOT_FOUND.
 */
export async function takeContact(
  ctx: WorkspaceCtx,
  { dialogId, text }: { dialogId: string; text: string },
): Promise<boolean> {
  if (findContact(text) === null) return false;
  return inTransaction(ctx, async (tx) => {
    const dialog = await holdDialog(tx, dialogId);
    if (!dialog.contactAskedAt || dialog.handoffStatus !== "none" || dialog.status !== "open") return false;
    await settleTalk(tx, dialog);
    await keepContact(tx, dialog, { text, reach: await reachOf(tx), key: String(dialog.messageSeq) });
    return true;
  });
}

type Left = { text: string; reach: Reach; key: string };

async function keepContact(ctx: WorkspaceCtx, dialog: HandoffDialog, { text: said, reach, key }: Left): Promise<void> {
  const { id: dialogId } = dialog;
  const locale = spokenLocale(dialog.language, dialog.lastQuestion, dialog.visitorLocale);
  const t = createTranslator({ locale, messages: MESSAGES[locale], namespace: "handoff.visitor" });
  const noteId = `handoff:contact:${key}`;
  const words = excerpt(said, handoffLimits.textChars);
  const text = t("contactNote", { text: words });
  const note = await addTeamNote(ctx, { dialogId, id: noteId, text }, { quotesVisitor: true });
  await tagIfRoom(ctx, dialogId, t("contactTag"));
  await setContactAsked(ctx.db, ctx.workspaceId, dialogId, null);
  await audit(ctx, { operation: "handoff.contact-left", targetKind: "dialog", targetId: dialogId });
  await publish(ctx, { type: "dialog.changed", ids: { dialogId } });
  await tellVisitor(ctx, dialog, { kind: "contactTaken", reach, key });
  await enqueue(ctx, contactLeft, { workspaceId: ctx.workspaceId, dialogId, noteId: note.id });
}

// A tag finds the dialog; that there is no room for one must not cost the contact.
async function tagIfRoom(ctx: WorkspaceCtx, dialogId: string, text: string): Promise<void> {
  try {
    await tagDialog(ctx, { dialogId, text });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "CONFLICT") throw error;
    await tagDialog(ctx, { dialogId, text, remove: true });
  }
}

/** Writes the letters about a left contact, once per person. */
export async function writeContactLetters(ctx: JobCtx, payload: z.infer<typeof contactLeft.payload>): Promise<void> {
  const { dialogId, noteId } = payload;
  // The payload was written by a handoff inside its own tenant.
  const workspaceId = payload.workspaceId as WorkspaceId;
  await inTransaction({ ...ctx, workspaceId }, async (tx) => {
    const left = await findLeftContact(tx.db, workspaceId, { dialogId, noteId });
    if (!left) return;
    const { requestTell, extraEmails } = await settingsOf(tx);
    for (const { key, email, locale } of await listRecipients(tx.db, workspaceId, {
      tell: requestTell,
      extraEmails,
      dialogId,
    }))
      await queueEmail(tx, {
        kind: "contact-left",
        to: email,
        locale,
        payload: {
          visitorName: left.visitorName.slice(0, EXCERPT_CHARS),
          assistantName: left.assistantName,
          excerpt: excerpt(left.text, EXCERPT_CHARS),
          url: `${env().appUrl}/w/${left.slug}/dialogs/${dialogId}`,
        },
        dedupeKey: `contact:${dialogId}:${noteId}:${key}`,
        workspaceId,
      });
  });
}
