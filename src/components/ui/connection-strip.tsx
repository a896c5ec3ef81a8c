"use client";

import { RefreshCw, Wifi, WifiOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "../cn";

export type Connection =
  { kind: "online" } | { kind: "reconnecting" } | { kind: "offline" } | { kind: "back"; missed: number };

/** One line under the bar while the live connection is not there, and shortly after it came back. */
export function ConnectionStrip({ connection, onRetry }: { connection: Connection; onRetry: () => void }) {
  const t = useTranslations("common");
  const { kind } = connection;
  const Icon = kind === "offline" ? WifiOff : kind === "back" ? Wifi : RefreshCw;
  return (
    <div role="status" className="contents">
      {kind !== "online" && (
        <div
          className={cn(
            "flex h-8 shrink-0 items-center justify-center gap-2 px-4 text-sm",
            kind === "back"
              ? "bg-success-tint text-success-text"
              : kind === "offline"
                ? "bg-danger-tint text-danger-text"
                : "bg-warning-tint text-warning-text",
          )}
        >
          <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
          <span className="min-w-0 truncate">
            {kind === "back" ? t("connection.back", { count: connection.missed }) : t(`connection.${kind}`)}
          </span>
          {kind === "offline" && (
            <button type="button" onClick={onRetry} className="rounded-sm font-medium underline underline-offset-3">
              {t("action.retry")}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
