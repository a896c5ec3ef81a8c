"use client";

import { FileText, Image as ImageIcon, RotateCw, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { Spinner } from "@/components/ui/spinner";
import { cn } from "@/components/cn";
import { useFileSize } from "./use-file-size";
import type { PickedFile } from "./use-files";

type FileListProps = {
  items: readonly PickedFile[];
  onRetry: (item: PickedFile) => void;
  onRemove: (item: PickedFile) => void;
};

/** Files that leave with the next reply, each with how far it came. */
export function FileList({ items, onRetry, onRemove }: FileListProps) {
  const t = useTranslations("composer.files");
  const sizeOf = useFileSize();
  if (items.length === 0) return null;
  return (
    <ul aria-label={t("label")} className="mt-2 flex max-h-32 flex-col gap-1 overflow-y-auto">
      {items.map((item) => (
        <li
          key={item.id}
          className={cn(
            "flex items-center gap-2 rounded-md border bg-surface py-0.5 pr-0.5 pl-2 text-sm",
            item.state.kind === "failed" && "border-danger",
          )}
        >
          <Mark item={item} />
          <span className="min-w-0 flex-1 truncate">{item.name}</span>
          {item.state.kind === "failed" ? (
            <span role="alert" className="min-w-0 shrink truncate text-danger-text">
              {t(`refusal.${item.state.why}`)}
            </span>
          ) : (
            <span className="shrink-0 text-muted tabular-nums">{sizeOf(item.sizeBytes)}</span>
          )}
          {item.state.kind === "failed" && item.state.why === "offline" && (
            <IconButton size="sm" label={t("retry")} onClick={() => onRetry(item)}>
              <RotateCw aria-hidden />
            </IconButton>
          )}
          <IconButton size="sm" label={t("remove", { name: item.name })} onClick={() => onRemove(item)}>
            <X aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}

function Mark({ item }: { item: PickedFile }) {
  if (item.state.kind === "sending") return <Spinner />;
  const Icon = item.isImage ? ImageIcon : FileText;
  return <Icon aria-hidden className="size-4 shrink-0 text-muted" strokeWidth={1.75} />;
}
