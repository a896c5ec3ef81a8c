import { queueOwnMessage } from "@/modules/bots/server/reply";
import { visitorText } from "@/modules/bots/server/visitor-text";
import { spokenLocale } from "@/modules/dialogs/server/spoken-locale";
import { limitOf } from "@/modules/system/server/settings";
import type { WorkspaceCtx } from "@/server/context";
import type { JobCtx } from "@/server/jobs/define";
import { inTransaction } from "@/server/transaction";
import { claimRatingRequest, listRested, type RestedDialog } from "./repository";

/** A talk that came to rest longer ago than this is let be: the job was down, and the visitor has other things in mind. */
const FORGOTTEN_AFTER_MS = 2 * 60 * 60_000;
const VISITOR_REST_MS = 24 * 60 * 60_000;
const BATCH = 200;

/**
 * Asks the visitors of talks that rested since an answer, once per dialog and at most once a day per visitor. Never in
 * groups, in the name of a business account's owner, or while people are called for.
 */
export async function askRatings(job: JobCtx): Promise<void> {
  const restMinutes = await limitOf(job.db, "ratingRestMinutes");
  if (restMinutes === 0) return;
  const nowMs = job.now().getTime();
  const restedBefore = new Date(nowMs - restMinutes * 60_000);
  const rested = await listRested(job.db, {
    before: restedBefore,
    after: new Date(restedBefore.getTime() - FORGOTTEN_AFTER_MS),
    limit: BATCH,
  });
  let asked = 0;
  for (const dialog of rested) asked += Number(await ask({ ...job, workspaceId: dialog.workspaceId }, dialog));
  job.note({ asked });
}

async function ask(ctx: WorkspaceCtx, dialog: RestedDialog): Promise<boolean> {
  const { id: dialogId, botId } = dialog;
  const now = ctx.now();
  return inTransaction(ctx, async (ctx) => {
    const askedSince = new Date(now.getTime() - VISITOR_REST_MS);
    if (!(await claimRatingRequest(ctx.db, ctx.workspaceId, dialog, { now, askedSince }))) return false;
    const t = visitorText(spokenLocale(dialog.language, "", dialog.visitorLocale));
    await queueOwnMessage(ctx, {
      dialogId,
      botId,
      author: "system",
      clientId: "tg:rating",
      text: t("rate"),
      isQuiet: true,
      buttons: [[1, 2, 3, 4, 5].map((stars) => ({ text: `${stars} ★`, data: `rate:${dialogId}:${stars}` }))],
    });
    return true;
  });
}
