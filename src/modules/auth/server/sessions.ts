import { notFound } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import type { UserCtx } from "@/server/context";
import { inTransaction } from "@/server/transaction";
import type { SessionSummary } from "../contract";
import { listLiveSessions, revokeSession } from "./session-repository";

export async function listSessions(ctx: UserCtx): Promise<{ items: SessionSummary[]; nextCursor: null }> {
  const rows = await listLiveSessions(ctx.db, ctx.actor.userId, ctx.now());
  return { items: rows.map((row) => ({ ...row, isCurrent: row.id === ctx.actor.sessionId })), nextCursor: null };
}

/** Ends one of the own sessions; its browser is signed out with the next call. */
export async function endSession(ctx: UserCtx, { id }: { id: string }): Promise<{ ok: true }> {
  return inTransaction(ctx, async (ctx) => {
    if (!(await revokeSession(ctx.db, ctx.actor.userId, id, ctx.now()))) throw notFound("Session");
    await audit(ctx, { operation: "sessions.revoked", targetKind: "session", targetId: id });
    return { ok: true };
  });
}
