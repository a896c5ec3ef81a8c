import { createTranslator } from "next-intl";
import { MESSAGES } from "@/i18n/messages";
import type { Locale } from "@/lib/locales";
import { writeMessage } from "@/modules/dialogs/server/writing";
import { spokenLocale } from "@/modules/dialogs/server/spoken-locale";
import type { WorkspaceCtx } from "@/server/context";
import type { HandoffDialog } from "./repository";

/** What the visitor is told of each turn of a handoff. */
export type VisitorNotice =
  | { kind: "requested"; position: number; minutes: number }
  | { kind: "joined" | "transferred"; name: string }
  | { kind: "waiting"; position: number; minutes: number; rung: number }
  | { kind: "released" | "cancelled" | "expired" | "lost" | "preview" };

/** Says it in the dialog, in the dialog's language, once per transition: the epoch tells transitions of one episode apart. */
export async function tellVisitor(
  ctx: WorkspaceCtx,
  dialog: Pick<HandoffDialog, "id" | "epoch" | "language" | "lastQuestion" | "visitorLocale">,
  notice: VisitorNotice,
): Promise<void> {
  const locale = spokenLocale(dialog.language, dialog.lastQuestion, dialog.visitorLocale);
  const t = createTranslator({ locale, messages: MESSAGES[locale], namespace: "handoff.visitor" });
  await writeMessage(ctx, {
    dialogId: dialog.id,
    author: "system",
    clientId: `handoff:${notice.kind}:${dialog.epoch}${notice.kind === "waiting" ? `:${notice.rung}` : ""}`,
    text: wordsOf(t, notice),
  });
}

/** What the playground says where a live channel would wait for a person. */
export function previewNotice(locale: Locale): string {
  return createTranslator({ locale, messages: MESSAGES[locale], namespace: "handoff.visitor" })("preview");
}

function wordsOf(t: ReturnType<typeof createTranslator<typeof MESSAGES.en, "handoff.visitor">>, notice: VisitorNotice) {
  switch (notice.kind) {
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
