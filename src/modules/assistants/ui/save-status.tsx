"use client";

import { Check, CircleAlert, Loader } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useErrorText } from "@/components/use-error-text";
import type { SaveState } from "./use-autosave";

type SaveStatusProps = { state: SaveState; onRetry: () => void; onTakeTheirs: () => void; onKeepMine: () => void };

/** Where the draft is: saved, on its way, or why not and what to do. */
export function SaveStatus({ state, onRetry, onTakeTheirs, onKeepMine }: SaveStatusProps) {
  const t = useTranslations("assistants.save");
  const common = useTranslations("common.action");
  const errorText = useErrorText();
  if (state.kind === "conflict") {
    return (
      <div
        role="alert"
        className="flex flex-wrap items-center gap-3 rounded-lg bg-warning-tint px-4 py-3 text-warning-text"
      >
        <p className="min-w-0 flex-1 basis-64">{t("conflict")}</p>
        <Button size="sm" onClick={onTakeTheirs}>
          {t("takeTheirs")}
        </Button>
        <Button size="sm" onClick={onKeepMine}>
          {t("keepMine")}
        </Button>
      </div>
    );
  }
  if (state.kind === "failed") {
    return (
      <div
        role="alert"
        className="flex flex-wrap items-center gap-3 rounded-lg bg-danger-tint px-4 py-3 text-danger-text"
      >
        <p className="min-w-0 flex-1 basis-64">
          {t("failed")} {errorText(state.error)}
        </p>
        <Button size="sm" onClick={onRetry}>
          {common("retry")}
        </Button>
      </div>
    );
  }
  return (
    <p role="status" className="flex h-5 items-center gap-1.5 text-sm text-muted">
      {state.kind === "saved" && <Check aria-hidden className="size-4" strokeWidth={1.75} />}
      {state.kind === "saving" && <Loader aria-hidden className="size-4" strokeWidth={1.75} />}
      {state.kind === "invalid" && <CircleAlert aria-hidden className="size-4 text-danger-text" strokeWidth={1.75} />}
      {t(state.kind)}
    </p>
  );
}
