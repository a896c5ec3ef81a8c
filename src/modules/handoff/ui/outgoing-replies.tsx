"use client";

import { Clock, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { trpc } from "@/trpc/client";
import type { Outgoing } from "./outbox";

type OutgoingRepliesProps = {
  dialogId: string;
  items: readonly Outgoing[];
  onRetry: (id: string) => void;
  onEdit: (item: Outgoing) => void;
};

/** Replies that the server has not confirmed yet; one that the transcript shows already is not shown twice. */
export function OutgoingReplies({ dialogId, items, onRetry, onEdit }: OutgoingRepliesProps) {
  const t = useTranslations("handoff.composer");
  const stored = trpc.dialogs.messages.useInfiniteQuery(
    { dialogId },
    { getNextPageParam: ({ nextCursor }) => nextCursor, enabled: items.length > 0 },
  );
  const known = new Set(stored.data?.pages.flatMap((page) => page.items.map(({ clientId }) => clientId)));
  const waiting = items.filter(({ id }) => !known.has(id));
  if (waiting.length === 0) return null;
  return (
    <ul aria-label={t("outgoing")} className="flex flex-col gap-1 py-1.5 pl-6">
      {waiting.map((item) => (
        <li key={item.id} className="flex flex-col items-end gap-1">
          <p className="max-w-[85%] rounded-xl rounded-tr-sm bg-accent-tint px-4 py-2.5 text-md wrap-anywhere whitespace-pre-wrap opacity-80">
            {item.text}
          </p>
          {item.refusal === null ? (
            <p className="flex items-center gap-1 text-xs text-muted">
              <Clock aria-hidden className="size-3" /> {t("sending")}
            </p>
          ) : (
            <p role="alert" className="flex flex-wrap items-center justify-end gap-2 text-xs text-danger-text">
              {t("notSent", { reason: item.refusal })}
              <Button size="sm" variant="ghost" icon={<RotateCcw aria-hidden />} onClick={() => onRetry(item.id)}>
                {t("retry")}
              </Button>
              <Button size="sm" variant="ghost" onClick={() => onEdit(item)}>
                {t("edit")}
              </Button>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
