"use client";

import { CircleAlert, Clock, RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { MessageItem } from "@/modules/dialogs/contract";
import { useMessageChange } from "./use-message-change";

/** How far a change of a sent message got: silent once it arrived, honest while the visitor still reads the old words. */
export function ChangeMark({ message, dialogId }: { message: MessageItem; dialogId: string | null }) {
  const t = useTranslations("conversation.change");
  const { edit, remove, isPending } = useMessageChange();
  const { change } = message;
  if (!change || change.state === "done") return null;
  if (change.state === "queued") {
    return (
      <p role="status" className="flex items-center gap-1 text-xs text-muted">
        <Clock aria-hidden className="size-3.5" strokeWidth={1.75} />
        {t(`queued.${change.kind}`)}
      </p>
    );
  }
  const again = () =>
    change.kind === "delete" ? remove(message.id) : edit({ messageId: message.id, text: message.text });
  return (
    <div className="flex max-w-[85%] flex-wrap items-center justify-end gap-x-2 text-xs text-warning-text">
      <p role="status" className="flex min-w-0 items-start gap-1 text-right">
        <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" strokeWidth={1.75} />
        <span>
          {t(`failed.${change.kind}`)} {change.reason && t(`reason.${change.reason}`)}
        </span>
      </p>
      {change.reason !== "too-old" && change.reason !== "unconfirmed" && (change.kind === "delete" || dialogId) && (
        <Button size="sm" variant="ghost" icon={<RotateCw aria-hidden />} busy={isPending} onClick={again}>
          {t("again")}
        </Button>
      )}
    </div>
  );
}
