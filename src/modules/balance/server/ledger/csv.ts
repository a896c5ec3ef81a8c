import { createTranslator } from "next-intl";
import { MESSAGES } from "@/i18n/messages";
import { CSV_MARK, CSV_SPELLING, csvRow, streamText } from "@/lib/csv";
import type { Locale } from "@/lib/locales";
import { dayOf } from "@/lib/zone";
import { env } from "@/server/env";
import type { WorkspaceCtx } from "@/server/context";
import type { EntryFilter, LedgerEntry } from "../../contract";
import { balanceLimits } from "../../limits";
import { decimalOf } from "../../rules";
import { eachEntry, getTimeZone } from "./service";

/** The filtered ledger as a spreadsheet in the person's language, made page by page while it is read. */
export async function exportEntries(
  ctx: WorkspaceCtx,
  filter: EntryFilter,
): Promise<{ fileName: string; stream: ReadableStream<Uint8Array> }> {
  const timeZone = await getTimeZone(ctx);
  const t = wordsOf(ctx.locale);
  const lines = writeLines(ctx, filter, timeZone);
  return { fileName: `${t("export.file")}-${dayOf(ctx.now(), timeZone)}.csv`, stream: streamText(lines) };
}

async function* writeLines(ctx: WorkspaceCtx, filter: EntryFilter, timeZone: string): AsyncGenerator<string> {
  const t = wordsOf(ctx.locale);
  const { separator, point } = CSV_SPELLING[ctx.locale];
  const columns = ["time", "kind", "amount", "currency", "about", "reason", "id"] as const;
  yield (
    CSV_MARK +
    csvRow(
      columns.map((name) => t(`export.${name}`)),
      separator,
    )
  );
  const line = (entry: LedgerEntry) =>
    csvRow(
      [
        timeOf(entry.createdAt, timeZone),
        t(`kind.${entry.kind}`),
        { number: decimalOf(entry.amountMicros, point) },
        env().CURRENCY,
        [entry.documentName, entry.assistantName, entry.channel && t(`channel.${entry.channel}`), entry.visitorName]
          .filter(Boolean)
          .join(" · "),
        entry.description,
        entry.id,
      ],
      separator,
    );
  for await (const page of eachEntry(ctx, filter, balanceLimits.exportRows)) yield page.map(line).join("");
}

function wordsOf(locale: Locale) {
  return createTranslator({ locale, messages: MESSAGES[locale], namespace: "balance" });
}

function timeOf(at: Date, timeZone: string): string {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "medium", hourCycle: "h23" }).format(at);
  return `${dayOf(at, timeZone)} ${clock}`;
}
