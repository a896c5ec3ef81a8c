"use client";

import { Download, Ellipsis, FileText, MessageCircleQuestion, RotateCw, TextCursorInput, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { Button } from "@/components/ui/button";
import { StatusPill } from "@/components/ui/badge";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { TableCell, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import { formatBytes, formatNumber, UNKNOWN } from "@/lib/format";
import { useWorkspaceId } from "@/trpc/client";
import type { DocumentItem } from "../contract";
import { isWorking, remedyOf } from "../rules";
import { useRetryDocument } from "./use-retry-document";

// Few documents are being read; the server draws it, and its script follows.
const DocumentProgress = lazy(async () => ({ default: (await import("./document-progress")).DocumentProgress }));

type DocumentRowProps = {
  document: DocumentItem;
  askHref?: string;
  onOpen: () => void;
  onRemove: () => void;
  onPick: () => void;
};

export function DocumentRow({ document, askHref, onOpen, onRemove, onPick }: DocumentRowProps) {
  const t = useTranslations("knowledge");
  const locale = useLocale();
  const Icon = document.kind === "file" ? FileText : TextCursorInput;
  return (
    <TableRow className="max-sm:grid max-sm:h-auto max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:py-1 hover:bg-hover">
      <TableCell>
        <button
          type="button"
          onClick={onOpen}
          className="flex w-full min-w-0 items-center gap-2 text-left touch-target focus-inset"
        >
          <Icon aria-hidden className="size-4 shrink-0 text-muted" strokeWidth={1.75} />
          <span className="min-w-0">
            <span className="block truncate font-medium" title={document.name}>
              {document.name}
            </span>
            <span className="block truncate text-xs text-muted">
              {t(`kind.${document.kind}`)} · {formatBytes(document.sizeBytes, locale)}
            </span>
          </span>
        </button>
      </TableCell>
      <TableCell className="max-sm:order-last max-sm:col-span-2 max-sm:pt-0">
        <DocumentStatus document={document} onRemove={onRemove} onPick={onPick} />
      </TableCell>
      <TableCell align="end" className="@max-3xl:hidden">
        {document.status === "ready" ? formatNumber(document.chunkCount, locale) : UNKNOWN}
      </TableCell>
      <TableCell className="whitespace-nowrap text-text-2 @max-3xl:hidden">
        <TimeAgo at={document.updatedAt} />
      </TableCell>
      <TableCell className="px-2">
        <DocumentMenu document={document} askHref={askHref} onRemove={onRemove} />
      </TableCell>
    </TableRow>
  );
}

function DocumentStatus({ document, onRemove, onPick }: Pick<DocumentRowProps, "document" | "onRemove" | "onPick">) {
  const t = useTranslations("knowledge");
  const retry = useRetryDocument();
  if (isWorking(document)) {
    return (
      <Suspense fallback={<div className="h-6" />}>
        <DocumentProgress document={document} />
      </Suspense>
    );
  }
  if (document.status === "ready") return <StatusPill tone="success">{t("stage.ready")}</StatusPill>;
  if (document.status === "quarantined") return <StatusPill tone="warning">{t("stage.quarantined")}</StatusPill>;
  const reason = document.error ?? "internal";
  const remedy = remedyOf(reason);
  const act = { retry: () => retry.mutate({ id: document.id }), upload: onPick, remove: onRemove }[remedy];
  return (
    <div className="flex flex-col items-start gap-1">
      <p className="text-sm text-danger-text">{t(`failure.${reason}`)}</p>
      <Button size="sm" busy={retry.isPending} onClick={act}>
        {reason === "no-text" ? t("remedy.uploadText") : t(`remedy.${remedy}`)}
      </Button>
    </div>
  );
}

function DocumentMenu({ document, askHref, onRemove }: Pick<DocumentRowProps, "document" | "askHref" | "onRemove">) {
  const t = useTranslations("knowledge");
  const workspaceId = useWorkspaceId();
  const retry = useRetryDocument();
  const download = `/api/files/${document.id}${workspaceId === null ? "" : `?workspace=${workspaceId}`}`;
  const items: MenuItem[] = [];
  if (document.status === "ready" && askHref !== undefined)
    items.push({ key: "ask", label: t("menu.ask"), icon: <MessageCircleQuestion aria-hidden />, href: askHref });
  if (document.status === "failed")
    items.push({
      key: "retry",
      label: t("remedy.retry"),
      icon: <RotateCw aria-hidden />,
      onSelect: () => retry.mutate({ id: document.id }),
    });
  items.push(
    { key: "download", label: t("menu.download"), icon: <Download aria-hidden />, href: download, isDownload: true },
    {
      key: "remove",
      label: isWorking(document) ? t("menu.cancel") : t("menu.remove"),
      icon: <Trash2 aria-hidden />,
      danger: true,
      onSelect: onRemove,
    },
  );
  return (
    <Menu
      align="end"
      items={items}
      trigger={
        <Button
          shape="icon"
          variant="ghost"
          aria-label={t("menu.label", { name: document.name })}
          icon={<Ellipsis aria-hidden />}
        />
      }
    />
  );
}
