import { streamText } from "@/lib/csv";
import { dayOf } from "@/lib/zone";
import { notFound } from "@/lib/errors";
import { audit } from "@/modules/audit/server/service";
import { getTimeZone } from "@/modules/workspaces/server/service";
import type { MemberCtx } from "@/server/context";
import { getDialog } from "../service";
import { findVisitor, listDialogIds } from "../visitors/repository";
import { writeJson } from "./dialog";
import { exportWords } from "./words";

/** All that the workspace holds of the visitor of a dialog, as JSON; the audit log knows who took it. Refuses: NOT_FOUND. */
export async function exportVisitor(
  ctx: MemberCtx,
  { id }: { id: string },
): Promise<{ fileName: string; stream: ReadableStream<Uint8Array> }> {
  const visitor = await findVisitor(ctx.db, ctx.workspaceId, id);
  if (!visitor) throw notFound("Dialog");
  const ids = await listDialogIds(ctx.db, ctx.workspaceId, visitor, { isLocked: false });
  const detail = { dialogs: ids.length };
  await audit(ctx, { operation: "visitors.exported", targetKind: "dialog", targetId: id, detail });
  const day = dayOf(ctx.now(), await getTimeZone(ctx));
  const { visitorName, channel } = visitor;
  const stream = streamText(writeAll(ctx, { name: visitorName, channel }, ids));
  return { fileName: `${exportWords(ctx.locale).t("visitorFile")}-${day}-${id.slice(-4)}.json`, stream };
}

async function* writeAll(ctx: MemberCtx, visitor: object, ids: readonly string[]): AsyncGenerator<string> {
  yield `{"visitor":${JSON.stringify(visitor)},\n"dialogs":[\n`;
  let separator = "";
  for (const id of ids) {
    yield separator;
    yield* writeJson(ctx, await getDialog(ctx, { id }));
    separator = ",\n";
  }
  yield "]}\n";
}
