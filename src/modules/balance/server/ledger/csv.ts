import { createTranslator } from "next-intl";
import { MESSAGES } from "@/i18n/messages";
import type { Locale } from "@/lib/locales";
import { dayOf } from "@/lib/zone";
import { env } from "@/server/env";
import type { WorkspaceCtx } from "@/server/context";
import type { EntryFilter, LedgerEntry } from "../../contract";
import { balanceLimits } from "../../limits";
import { decimalOf } from "../../rules";
import { csvRow } from "../../statement/rules";
import { eachEntry, getTimeZone } from "./service";

// Excel takes a file for UTF-8 only when it begins with this mark.
const BOM = "\uFEFF";

// Where decimals have a comma, spreadsheets expect columns to be parted by semicolons.
const SPELLING = {
  en: { separator: ",", point: "." },
  ru: { separator: ";", point: "," },
} as const satisfies Record<Locale, object>;

/** The filtered ledger as a spreadsheet in the person's language, made page by page while it is read. */
export async function exportEntries(
  ctx: WorkspaceCtx,
  filter: EntryFilter,
): Promise<{ fileName: string; stream: ReadableStream<Uint8Array> }> {
  const timeZone = await getTimeZone(ctx);
  const t = wordsOf(ctx.locale);
  const lines = writeLines(ctx, filter, timeZone);
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  return { fileName: `${t("export.file")}-${dayOf(ctx.now(), timeZone)}.csv`, stream };
}

async function* writeLines(ctx: WorkspaceCtx, filter: EntryFilter, timeZone: string): AsyncGenerator<string> {
  const t = wordsOf(ctx.locale);
  const { separator, point } = SPELLING[ctx.locale];
  const columns = ["time", "kind", "amount", "currency", "about", "reason", "id"] as const;
  yield (
    BOM +
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
