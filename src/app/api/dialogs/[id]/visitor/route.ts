import { AppError } from "@/lib/errors";
import { dialogRef } from "@/modules/dialogs/contract";
import { exportVisitor } from "@/modules/dialogs/server/exports/visitor";
import { enforceLimit, limitSubject } from "@/server/rate-limit/limit";
import { download } from "../../../download";
import { answerManager } from "../../../manager-door";

// A request of a visitor about the own data comes now and then.
const exportQuota = { limit: 10, windowSeconds: 60 };

/** All that the workspace holds of the visitor of a dialog, as JSON; `workspace` names the tenant. Streams. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const wanted = dialogRef.safeParse(await params);
  return answerManager(request, "visitor-export", async (ctx) => {
    await enforceLimit(ctx, "visitor-export", limitSubject(ctx), exportQuota);
    if (!wanted.success) throw new AppError("VALIDATION", "There is no such dialog.", { cause: wanted.error });
    return download(await exportVisitor(ctx, wanted.data), "application/json");
  });
}
