import { CSV_MARK, CSV_SPELLING, csvRow, streamText } from "@/lib/csv";
import { dayOf } from "@/lib/zone";
import { audit } from "@/modules/audit/server/service";
import type { DialogItem } from "@/modules/dialogs/contract";
import { dialogLimits } from "@/modules/dialogs/limits";
import type { DialogFilterInput } from "@/modules/dialogs/list/contract";
import { filterOf } from "@/modules/dialogs/rules";
import { getTimeZone } from "@/modules/workspaces/server/service";
import type { MemberCtx } from "@/server/context";
import { eachDialog } from "../list/service";
import { exportWords, nameIn, timeIn } from "./words";

const COLUMNS = [
  "started",
  "lastAt",
  "visitor",
  "channel",
  "assistant",
  "status",
  "resolution",
  "stars",
  "up",
  "down",
  "messages",
  "firstAnswer",
  "firstPerson",
  "tags",
  "id",
] as const;

/** The filtered list as a spreadsheet in the person's language, made page by page while it is read; the audit log knows who took it. */
export async function exportDialogs(
  ctx: MemberCtx,
  filter: DialogFilterInput,
): Promise<{ fileName: string; stream: ReadableStream<Uint8Array> }> {
  const timeZone = await getTimeZone(ctx);
  const { search: _, ...named } = filter;
  const detail = Object.fromEntries(Object.entries(named).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  await audit(ctx, { operation: "dialogs.exported", targetKind: "workspace", targetId: ctx.workspaceId, detail });
  const fileName = `${exportWords(ctx.locale).t("file")}-${dayOf(ctx.now(), timeZone)}.csv`;
  return { fileName, stream: streamText(writeLines(ctx, filter, timeZone)) };
}

async function* writeLines(ctx: MemberCtx, filter: DialogFilterInput, timeZone: string): AsyncGenerator<string> {
  const words = exportWords(ctx.locale);
  const { separator, point } = CSV_SPELLING[ctx.locale];
  const titles = COLUMNS.map((name) => words.t(name));
  yield CSV_MARK + csvRow(titles, separator);
  const number = (value: number | null) => ({ number: value === null ? "" : String(value) });
  const seconds = (ms: number | null) => ({ number: ms === null ? "" : (ms / 1_000).toFixed(1).replace(".", point) });
  const line = (dialog: DialogItem) =>
    csvRow(
      [
        timeIn(dialog.createdAt, timeZone),
        dialog.lastMessageAt ? timeIn(dialog.lastMessageAt, timeZone) : "",
        nameIn(words, dialog),
        words.dialogs(`channel.${dialog.channel}`),
        dialog.assistantName,
        words.dialogs(`status.${filterOf(dialog)}`),
        dialog.resolution ? words.dialogs(`resolution.${dialog.resolution}`) : "",
        number(dialog.rating),
        number(dialog.thumbs.up),
        number(dialog.thumbs.down),
        number(dialog.messageCount),
        seconds(dialog.firstReply.aiMs),
        seconds(dialog.firstReply.personMs),
        dialog.tags.join(", "),
        dialog.id,
      ],
      separator,
    );
  for await (const page of eachDialog(ctx, filter, dialogLimits.exportRows)) yield page.map(line).join("");
}
