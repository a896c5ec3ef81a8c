"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import type { SavedReply } from "@/modules/handoff/replies/contract";

type SavedReplyRowProps = { reply: SavedReply; onEdit: () => void; onRemove: () => void };

export function SavedReplyRow({ reply: { shortcut, title, text }, onEdit, onRemove }: SavedReplyRowProps) {
  const t = useTranslations("replies");
  return (
    <li className="flex items-start gap-2 py-2 pr-2 pl-4">
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <span className="font-mono text-sm wrap-anywhere text-accent-text">/{shortcut}</span>
          <span className="font-medium wrap-anywhere">{title}</span>
        </p>
        <p className="line-clamp-2 text-sm wrap-anywhere whitespace-pre-line text-muted">{text}</p>
      </div>
      <IconButton label={t("edit", { shortcut })} onClick={onEdit}>
        <Pencil aria-hidden />
      </IconButton>
      <IconButton label={t("remove", { shortcut })} onClick={onRemove}>
        <Trash2 aria-hidden />
      </IconButton>
    </li>
  );
}
