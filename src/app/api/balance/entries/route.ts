import { AppError } from "@/lib/errors";
import { exportInput } from "@/modules/balance/contract";
import { exportEntries } from "@/modules/balance/server/ledger/csv";
import { enforceLimit, limitSubject } from "@/server/rate-limit/limit";
import { download } from "../../download";
import { answerManager } from "../../manager-door";

// Each reads the whole ledger once.
const exportQuota = { limit: 10, windowSeconds: 60 };

/** The ledger as CSV: the query is the filter of `balance.entries`, `workspace` names the tenant. Streams. */
export async function GET(request: Request): Promise<Response> {
  return answerManager(request, "balance-export", async (ctx) => {
    await enforceLimit(ctx, "balance-export", limitSubject(ctx), exportQuota);
    const filter = exportInput.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!filter.success) throw new AppError("VALIDATION", "The filter could not be read.", { cause: filter.error });
    return download(await exportEntries(ctx, filter.data), "text/csv");
  });
}
