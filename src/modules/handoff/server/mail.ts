import type { z } from "zod";
import type { WorkspaceId } from "@/lib/brand";
import { excerpt } from "@/lib/text";
import { queueEmail } from "@/modules/email/server/service";
import { teamCalled } from "@/modules/handoff/events";
import { handoffTimes } from "@/modules/handoff/rules";
import type { WorkspaceCtx } from "@/server/context";
import { env } from "@/server/env";
import { enqueue, type JobCtx } from "@/server/jobs/define";
import { inTransaction } from "@/server/transaction";
import { settingsOf } from "./hours/service";
import { findWaiting, listRecipients } from "./mail-repository";
import { updateSession } from "./episodes-repository";
import { type HandoffDialog } from "./repository";

const EXCERPT_CHARS = 150;

type Telling = { rung: number; fromRung?: number };
type Called = Pick<HandoffDialog, "id" | "sessionId" | "lastMailedAt">;

/**
 * Has letters written to the team about a waiting dialog. A first call within ten minutes of the last letters about the same
 * dialog is silent; each rung of the ladder is told once.
 */
export async function mailTeam(ctx: WorkspaceCtx, dialog: Called, { rung, fromRung }: Telling): Promise<void> {
  const now = ctx.now();
  const sinceMs = dialog.lastMailedAt ? now.getTime() - dialog.lastMailedAt.getTime() : Number.POSITIVE_INFINITY;
  if (!dialog.sessionId || (rung === 0 && sinceMs < handoffTimes.mailCoolDownMs)) return;
  await updateSession(ctx.db, ctx.workspaceId, dialog.sessionId, { mailedAt: now });
  const { workspaceId } = ctx;
  await enqueue(ctx, teamCalled, { workspaceId, dialogId: dialog.id, sessionId: dialog.sessionId, rung, fromRung });
}

/** Writes the letters, once per person, episode and rung, unless somebody was faster. */
export async function writeLetters(
  ctx: JobCtx,
  { sessionId, rung, fromRung, ...payload }: z.infer<typeof teamCalled.payload>,
) {
  // The payload was written by a handoff inside its own tenant.
  const workspaceId = payload.workspaceId as WorkspaceId;
  await inTransaction({ ...ctx, workspaceId }, async (tx) => {
    const waiting = await findWaiting(tx.db, workspaceId, sessionId);
    if (!waiting) return;
    const { rungs, requestTell, extraEmails } = await settingsOf(tx);
    const climbed = rungs.slice(fromRung ?? rung - 1, rung).flatMap(({ tell }) => tell);
    const { dialogId } = waiting;
    const wanted = { tell: rung === 0 ? requestTell : climbed, extraEmails, dialogId };
    const waitedMs = tx.now().getTime() - waiting.requestedAt.getTime();
    for (const { key, email, locale } of await listRecipients(tx.db, workspaceId, wanted)) {
      await queueEmail(tx, {
        kind: rung === 0 ? "handoff-waiting" : "handoff-escalated",
        to: email,
        locale,
        payload: {
          visitorName: waiting.visitorName.slice(0, EXCERPT_CHARS),
          assistantName: waiting.assistantName,
          reason: waiting.reason,
          minutes: String(Math.max(1, Math.round(waitedMs / 60_000))),
          excerpt: excerpt(waiting.lastMessage, EXCERPT_CHARS),
          url: `${env().appUrl}/w/${waiting.slug}/dialogs/${dialogId}`,
        },
        dedupeKey: `handoff:${sessionId}:${rung}:${key}`,
        workspaceId,
      });
    }
  });
}
