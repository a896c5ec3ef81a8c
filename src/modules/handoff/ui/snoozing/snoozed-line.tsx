"use client";

import { Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useLiveHints } from "@/components/live-hints";
import { Button } from "@/components/ui/button";
import { trpc } from "@/trpc/client";
import { useMomentLabel } from "./use-moment-label";
import { useSnooze } from "./use-snooze";

/** Until when the dialog is put aside, and the way back. */
export function SnoozedLine({ dialogId, until, mayWake }: { dialogId: string; until: Date; mayWake: boolean }) {
  const t = useTranslations("conversation.snooze");
  const labelOf = useMomentLabel();
  const { wake, isBusy } = useSnooze(dialogId);
  const utils = trpc.useUtils();
  // A visitor who writes ends it, and a message alone asks nothing about people again.
  useLiveHints(({ type, ids }) => {
    if (type === "message.new" && ids.dialogId === dialogId) void utils.handoff.state.invalidate({ dialogId });
  });
  return (
    <div className="flex flex-wrap items-center gap-2 border-t px-4 py-1 text-sm text-muted">
      <Clock aria-hidden className="size-3.5 shrink-0" />
      <span role="status" className="min-w-0 flex-1">
        {t("until", { at: labelOf(until) })}
      </span>
      {mayWake && (
        <Button variant="ghost" size="sm" busy={isBusy} onClick={wake}>
          {t("wake")}
        </Button>
      )}
    </div>
  );
}
