"use client";

import { FileUp, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMoney } from "@/components/money";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { LinkButton } from "@/components/ui/link-button";
import { SegmentBar } from "@/components/ui/progress";
import { TableCell, TableRow } from "@/components/ui/table";
import { formatBytes } from "@/lib/format";
import { STAGES } from "../rules";
import type { UploadItem, UploadQueue } from "./upload-queue";

/** A file on its way to the server, or one that the server turned away. */
export function UploadRow({ item, queue }: { item: UploadItem; queue: UploadQueue }) {
  const t = useTranslations("knowledge");
  const locale = useLocale();
  return (
    <TableRow className="max-sm:grid max-sm:h-auto max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:py-1">
      <TableCell>
        <span className="flex min-w-0 items-center gap-2">
          <FileUp aria-hidden className="size-4 shrink-0 text-muted" strokeWidth={1.75} />
          <span className="min-w-0">
            <span className="block truncate font-medium" title={item.file.name}>
              {item.file.name}
            </span>
            <span className="block text-xs text-muted">{formatBytes(item.file.size, locale)}</span>
          </span>
        </span>
      </TableCell>
      <TableCell className="max-sm:order-last max-sm:col-span-2 max-sm:pt-0">
        {item.failure === null ? <UploadProgress item={item} /> : <UploadStopped item={item} queue={queue} />}
      </TableCell>
      <TableCell className="@max-3xl:hidden" />
      <TableCell className="@max-3xl:hidden" />
      <TableCell className="px-2">
        <IconButton
          label={item.failure === null ? t("upload.cancel") : t("upload.dismiss")}
          onClick={() => queue.remove(item.key)}
        >
          <X aria-hidden />
        </IconButton>
      </TableCell>
    </TableRow>
  );
}

function UploadProgress({ item }: { item: UploadItem }) {
  const t = useTranslations("knowledge");
  const isChecking = item.phase === "checking";
  const sentence =
    item.phase === "waiting"
      ? t("upload.waiting")
      : isChecking
        ? t("stage.checking")
        : t("upload.percent", { percent: Math.floor(item.share * 100) });
  return (
    <div className="flex flex-col gap-1.5">
      <SegmentBar
        label={t("stage.label", { name: item.file.name })}
        stages={STAGES.map((name) => t(`stage.${name}`))}
        current={isChecking ? 1 : 0}
        stageShare={isChecking ? 0 : item.share}
      />
      <p className="truncate text-xs text-text-2 tabular-nums">{sentence}</p>
    </div>
  );
}

function UploadStopped({ item, queue }: { item: UploadItem; queue: UploadQueue }) {
  const t = useTranslations("knowledge");
  const failure = item.failure ?? { reason: "other" as const };
  const { money, balanceHref } = useMoney();
  const isDuplicate = failure.reason === "duplicate";
  const mayPass =
    failure.reason === "offline" ||
    failure.reason === "limit" ||
    failure.reason === "other" ||
    failure.reason === "no-funds" ||
    failure.reason === "not-offered" ||
    failure.reason === "no-space";
  return (
    <div className="flex flex-col items-start gap-1" role="alert">
      <p className="text-sm wrap-anywhere text-danger-text">
        {t(`refusal.${failure.reason}`, {
          name: failure.repeats ?? "",
          seconds: failure.seconds ?? 60,
          needed: money(failure.neededMicros ?? 0, { style: "prose" }),
        })}
      </p>
      {failure.reason === "other" && failure.requestId !== undefined && (
        <code className="font-mono text-xs wrap-anywhere text-muted">{failure.requestId}</code>
      )}
      {isDuplicate && (
        <span className="flex flex-wrap gap-2">
          <Button size="sm" onClick={() => queue.remove(item.key)}>
            {t("upload.skip")}
          </Button>
          <Button size="sm" onClick={() => queue.again(item.key, true)}>
            {t("upload.keepBoth")}
          </Button>
        </span>
      )}
      {failure.reason === "no-funds" && balanceHref !== null && (
        <LinkButton size="sm" href={balanceHref}>
          {t("upload.openBalance")}
        </LinkButton>
      )}
      {mayPass && (
        <Button size="sm" onClick={() => queue.again(item.key, item.keepDuplicate)}>
          {t("remedy.retry")}
        </Button>
      )}
    </div>
  );
}
