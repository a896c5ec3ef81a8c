import { AppError } from "@/lib/errors";
import { exportDialogInput } from "@/modules/dialogs/exports/contract";
import { exportDialog } from "@/modules/dialogs/server/exports/dialog";
import { enforceLimit, limitSubject } from "@/server/rate-limit/limit";
import { download } from "../../download";
import { answerManager } from "../../manager-door";

// A person who looks through dialogs saves some of them.
const exportQuota = { limit: 60, windowSeconds: 60 };

/** One dialog as a file, `format` is `text` or `json`; `workspace` names the tenant. Streams. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  return answerManager(request, "dialog-export", async (ctx) => {
    await enforceLimit(ctx, "dialog-export", limitSubject(ctx), exportQuota);
    const format = new URL(request.url).searchParams.get("format") ?? undefined;
    const wanted = exportDialogInput.safeParse({ id, format });
    if (!wanted.success) throw new AppError("VALIDATION", "There is no such file.", { cause: wanted.error });
    return download(await exportDialog(ctx, wanted.data), format === "json" ? "application/json" : "text/plain");
  });
}
