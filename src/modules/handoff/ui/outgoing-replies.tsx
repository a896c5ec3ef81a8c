"use client";

import { Clock, FileText, Image as ImageIcon, RotateCcw, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { HISTORY_PAGE } from "@/modules/handoff/conversation/rules";
import { trpc } from "@/trpc/client";
import { type Outgoing, reasonOf } from "./outbox";
import { useRefusalText } from "./use-refusal-text";

type OutgoingRepliesProps = {
  dialogId: string;
  items: readonly Outgoing[];
  onRetry: (id: string) => void;
  onEdit: (item: Outgoing) => void;
  onDismiss: (id: string) => void;
};

/** Messages that the server has not confirmed yet; one that the thread shows already is not shown twice. */
export function OutgoingReplies({ dialogId, items, onRetry, onEdit, onDismiss }: OutgoingRepliesProps) {
  const t = useTranslations("composer");
  const isAny = items.length > 0;
  const stored = trpc.dialogs.messages.useQuery({ dialogId, limit: HISTORY_PAGE }, { enabled: isAny });
  const notes = trpc.dialogs.notes.useQuery({ dialogId }, { enabled: isAny });
  const known = new Set([
    ...(stored.data?.items.map(({ clientId }) => clientId) ?? []),
    ...(notes.data?.items.map(({ id }) => id) ?? []),
  ]);
  const shown = items.filter(({ id, refusal }) => refusal !== null || !known.has(id));
  const list = useRef<HTMLUListElement>(null);
  const count = shown.length;
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [count]);
  if (count === 0) return null;
  return (
    <ul ref={list} aria-label={t("outgoing")} className="flex max-h-60 flex-col gap-1 overflow-y-auto py-1.5 pl-6">
      {shown.map((item) => (
        <li key={item.id} className="flex flex-col items-end gap-1">
          {(!item.isSent || item.refusal === null) && <Words item={item} />}
          {item.refusal === null ? (
            <p className="flex items-center gap-1 text-xs text-muted">
              <Clock aria-hidden className="size-3" /> {t("sending")}
            </p>
          ) : (
            <Refusal item={item} onRetry={onRetry} onEdit={onEdit} onDismiss={onDismiss} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Words({ item: { kind, text, file } }: { item: Outgoing }) {
  const Icon = file?.kind === "photo" ? ImageIcon : FileText;
  return (
    <div
      className={cn(
        "max-w-[85%] rounded-xl rounded-tr-sm px-4 py-2.5 text-md opacity-80",
        kind === "note" ? "border border-dashed bg-note" : "bg-accent-tint",
      )}
    >
      {file && (
        <p className="flex items-center gap-1.5 text-sm wrap-anywhere">
          <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} /> {file.name}
        </p>
      )}
      {text !== "" && <p className="wrap-anywhere whitespace-pre-wrap">{text}</p>}
    </div>
  );
}

type RefusalProps = Pick<OutgoingRepliesProps, "onRetry" | "onEdit" | "onDismiss"> & { item: Outgoing };

function Refusal({ item, onRetry, onEdit, onDismiss }: RefusalProps) {
  const t = useTranslations("composer");
  const refusalText = useRefusalText();
  const { code: appCode, facts } = item.refusal ?? {};
  const reason = refusalText({ data: { appCode, facts } });
  if (item.isSent) {
    return (
      <p role="alert" className="flex flex-wrap items-center justify-end gap-2 text-xs text-warning-text">
        {t(item.sequel?.kind === "snooze" ? "notSnoozed" : "notClosed", { reason })}
        <Button size="sm" variant="ghost" icon={<X aria-hidden />} onClick={() => onDismiss(item.id)}>
          {t("dismiss")}
        </Button>
      </p>
    );
  }
  const isOvertaken = reasonOf(item) === "colleague-replied";
  return (
    <p role="alert" className="flex flex-wrap items-center justify-end gap-2 text-xs text-danger-text">
      {t("notSent", { reason })}
      <Button size="sm" variant="ghost" icon={<RotateCcw aria-hidden />} onClick={() => onRetry(item.id)}>
        {t(isOvertaken ? "sendAnyway" : "retry")}
      </Button>
      <Button size="sm" variant="ghost" onClick={() => onEdit(item)}>
        {t("edit")}
      </Button>
    </p>
  );
}
