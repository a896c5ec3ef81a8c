import { queueEmail } from "@/modules/email/server/service";
import { env } from "@/server/env";
import type { WorkspaceCtx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import { answersFor, levelOf, noticeDue } from "../rules";
import type { Left } from "./charging-repository";
import { findLeft, findPrice, listPayers, markTold } from "./repository";

/** The answer whose price says how far a balance reaches. */
const YARDSTICK = "answer_widget";

/**
 * Tells owners and admins when what is left crossed fifty answers, or none: one letter each until money comes in again,
 * however far one charge jumps. Costs nothing while there is no news and the price of an answer is known.
 */
export async function announceLeft(ctx: WorkspaceCtx, left: Left, answerMicros?: number): Promise<void> {
  if (left.isLowTold && left.isEmptyTold) return;
  const priceMicros = answerMicros ?? (await findPrice(ctx.db, YARDSTICK));
  if (priceMicros === undefined) return;
  const notice = noticeDue(levelOf(left.leftMicros, priceMicros), left);
  if (!notice) return;
  await inTransaction(ctx, async (ctx) => {
    const now = ctx.now();
    if (!(await markTold(ctx.db, ctx.workspaceId, notice, now))) return;
    const answers = String(answersFor(left.leftMicros, priceMicros) ?? "");
    for (const { userId, email, locale, name, slug } of await listPayers(ctx.db, ctx.workspaceId)) {
      await queueEmail(ctx, {
        kind: notice === "low" ? "balance-low" : "balance-empty",
        to: email,
        locale,
        payload: { workspaceName: name, answers, url: `${env().appUrl}/w/${slug}/balance` },
        dedupeKey: `balance-${notice}:${ctx.workspaceId}:${now.getTime()}:${userId}`,
        workspaceId: ctx.workspaceId,
      });
    }
  });
}

/** The same for a moment at which nothing was charged: what is held may still come back, so it counts as left. */
export async function announceNow(ctx: WorkspaceCtx, answerMicros: number): Promise<void> {
  const left = await findLeft(ctx.db, ctx.workspaceId);
  if (left) await announceLeft(ctx, left, answerMicros);
}
