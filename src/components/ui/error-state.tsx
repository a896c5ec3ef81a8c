"use client";

import { RotateCw, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "../cn";
import { onDemand } from "../on-demand";
import { Button } from "./button";

const CopyButton = onDemand(async () => ({ default: (await import("./copy-button")).CopyButton }));

type ErrorStateProps = {
  /** What happened, in the words of the person; a general sentence without it. */
  cause?: string;
  hint?: string;
  onRetry?: () => void;
  isRetrying?: boolean;
  requestId?: string;
  className?: string;
};

/** Sits inside the block that failed; the rest of the page goes on. */
export function ErrorState({ cause, hint, onRetry, isRetrying = false, requestId, className }: ErrorStateProps) {
  const t = useTranslations("common");
  return (
    <div role="alert" className={cn("flex flex-col items-center justify-center px-4 py-10 text-center", className)}>
      <span aria-hidden className="mb-3 grid size-10 place-items-center rounded-lg bg-danger-tint text-danger-text">
        <TriangleAlert className="size-5" strokeWidth={1.75} />
      </span>
      <p className="text-md font-medium">{cause ?? t("state.failed")}</p>
      <p className="mt-1 max-w-[48ch] text-text-2 text-pretty">{hint ?? t("state.failedHint")}</p>
      {onRetry && (
        <Button className="mt-4" icon={<RotateCw aria-hidden />} busy={isRetrying} onClick={onRetry}>
          {t("action.retry")}
        </Button>
      )}
      {requestId && (
        <p className="mt-3 flex items-center gap-1 text-xs text-muted">
          {t("state.requestId")} <code className="font-mono">{requestId}</code>
          <CopyButton text={requestId} />
        </p>
      )}
    </div>
  );
}
