import { AppError } from "@/lib/errors";
import { dialogFilterInput } from "@/modules/dialogs/list/contract";
import { exportDialogs } from "@/modules/dialogs/server/exports/list";
import { enforceLimit, limitSubject } from "@/server/rate-limit/limit";
import { download } from "../download";
import { answerManager } from "../manager-door";

// Each reads the whole list once.
const exportQuota = { limit: 10, windowSeconds: 60 };

/** The filtered list of dialogs as CSV: the query is the filter of `dialogs.list`, `workspace` names the tenant. Streams. */
export async function GET(request: Request): Promise<Response> {
  return answerManager(request, "dialogs-export", async (ctx) => {
    await enforceLimit(ctx, "dialogs-export", limitSubject(ctx), exportQuota);
    const filter = dialogFilterInput.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!filter.success) throw new AppError("VALIDATION", "The filter could not be read.", { cause: filter.error });
    return download(await exportDialogs(ctx, filter.data), "text/csv");
  });
}
