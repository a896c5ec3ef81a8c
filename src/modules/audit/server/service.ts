import type { Actor, Ctx, WorkspaceCtx } from "@/server/context";
import type { WorkspaceId } from "@/lib/brand";
import { insertAuditRow } from "./repository";

export type AuditEntry = {
  /** `noun.past-tense`, such as `members.removed`. */
  operation: string;
  targetKind?: string;
  targetId?: string;
  /** For changes made outside a workspace's own context. */
  workspaceId?: WorkspaceId;
  /** Facts of the change: ids, roles, counts. Never texts of people, tokens or passwords. */
  detail?: Record<string, string | number | boolean | null>;
};

/** Appends one row to the audit log with the caller's transaction: the row exists if and only if the change does. */
export async function audit(ctx: Ctx | WorkspaceCtx, entry: AuditEntry): Promise<void> {
  await insertAuditRow(ctx.db, {
    at: ctx.now(),
    actorKind: ctx.actor.kind,
    actorId: actorId(ctx.actor),
    workspaceId: entry.workspaceId ?? ("workspaceId" in ctx ? ctx.workspaceId : null),
    operation: entry.operation,
    targetKind: entry.targetKind ?? "",
    targetId: entry.targetId ?? "",
    address: ctx.address,
    userAgent: ctx.userAgent,
    detail: entry.detail ?? {},
  });
}

function actorId(actor: Actor): string | null {
  switch (actor.kind) {
    case "user":
    case "member":
      return actor.userId;
    case "visitor":
      return actor.visitorKey;
    case "system":
      return actor.job;
    case "anonymous":
      return null;
  }
}
