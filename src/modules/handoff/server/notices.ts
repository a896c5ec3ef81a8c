import { createTranslator } from "next-intl";
import { MESSAGES } from "@/i18n/messages";
import type { Locale } from "@/lib/locales";
import { writeMessage } from "@/modules/dialogs/server/writing";
import { spokenLocale } from "@/modules/dialogs/server/spoken-locale";
import type { Reach } from "@/modules/handoff/hours/contract";
import type { WorkspaceCtx } from "@/server/context";
import { openingWords, type VisitorWords } from "./hours/opening";
import type { HandoffDialog } from "./repository";

/** What the visitor is told of each turn of a handoff. */
export type VisitorNotice =
  | { kind: "requested"; position: number; minutes: number }
  | { kind: "joined" | "transferred"; name: string }
  | { kind: "waiting"; position: number; minutes: number; rung: number }
  | { kind: "moved"; position: number; minutes: number }
  /** Nobody is there. `key` tells one telling from the next where the epoch does not. */
  | { kind: "closed" | "closing" | "closingQueued" | "contactTaken" | "previewClosed"; reach: Reach; key: string }
  | { kind: "released" | "cancelled" | "expired" | "lost" | "preview" };

/** Says it in the dialog, in the dialog's language, once per transition: the epoch tells transitions of one episode apart. */
export async function tellVisitor(
  ctx: WorkspaceCtx,
  dialog: Pick<HandoffDialog, "id" | "epoch" | "language" | "lastQuestion" | "visitorLocale">,
  notice: VisitorNotice,
): Promise<void> {
  const locale = spokenLocale(dialog.language, dialog.lastQuestion, dialog.visitorLocale);
  await writeMessage(ctx, {
    dialogId: dialog.id,
    author: "system",
    clientId: `handoff:${notice.kind}:${keyOf(dialog, notice)}`,
    text: wordsOf(locale, notice, ctx.now()),
  });
}

function keyOf({ epoch }: Pick<HandoffDialog, "epoch">, notice: VisitorNotice): string {
  if (notice.kind === "waiting") return `${epoch}:${notice.rung}`;
  if (notice.kind === "moved") return `${epoch}:${notice.position}`;
  return "key" in notice ? notice.key : String(epoch);
}

/** What the playground says where a live channel would wait for a person, or say when one is back. */
export function previewNotice(locale: Locale, reach: Reach, now: Date): string {
  return wordsOf(locale, reach.isOpen ? { kind: "preview" } : { kind: "previewClosed", reach, key: "" }, now);
}

function wordsOf(locale: Locale, notice: VisitorNotice, now: Date): string {
  const t: VisitorWords = createTranslator({ locale, messages: MESSAGES[locale], namespace: "handoff.visitor" });
  switch (notice.kind) {
    case "contactTaken":
      if (notice.reach.isOpen) return t("contactTaken");
      return t("contactTakenClosed", { opens: openingWords(t, locale, notice.reach, now) });
    case "closed":
    case "closing":
    case "closingQueued":
    case "previewClosed":
      return t(notice.kind, { opens: openingWords(t, locale, notice.reach, now) });
    case "moved":
    case "requested":
    case "waiting":
      return t(notice.kind, { position: notice.position, minutes: notice.minutes });
    case "joined":
    case "transferred":
      return t(notice.kind, { name: notice.name || t("nameless") });
    default:
      return t(notice.kind);
  }
}
