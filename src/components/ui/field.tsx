"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, type ReactNode } from "react";
import { cn } from "../cn";

export type FieldText = {
  label: ReactNode;
  help?: ReactNode;
  error?: string;
  optional?: boolean;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
};

type ControlProps = { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined };

type FieldProps = FieldText & {
  id?: string;
  className?: string;
  /** At the right end of the label line: a counter or a small action. */
  aside?: ReactNode;
  children: (control: ControlProps) => ReactNode;
};

/** Label above, help or error below, wired to the control by id. */
export function Field({
  id: givenId,
  label,
  help,
  error,
  optional,
  hideLabel,
  aside,
  className,
  children,
}: FieldProps) {
  const t = useTranslations("common.field");
  const ownId = useId();
  const id = givenId ?? ownId;
  const noteId = `${id}-note`;
  const hasNote = error !== undefined || help !== undefined;
  return (
    <div className={cn("flex flex-col gap-1.5", className)}>
      <div className={cn("flex items-baseline justify-between gap-4", hideLabel && "sr-only")}>
        <label htmlFor={id} className="font-medium text-text">
          {label}
          {optional && <span className="font-normal text-muted"> · {t("optional")}</span>}
        </label>
        {aside}
      </div>
      {children({
        id,
        "aria-describedby": hasNote ? noteId : undefined,
        "aria-invalid": error === undefined ? undefined : true,
      })}
      {hasNote && (
        <p id={noteId} className={cn("text-sm", error === undefined ? "text-muted" : "flex gap-1.5 text-danger-text")}>
          {error !== undefined && <CircleAlert aria-hidden className="mt-px size-4 shrink-0" strokeWidth={1.75} />}
          <span>{error ?? help}</span>
        </p>
      )}
    </div>
  );
}

/** Shown once four fifths of the room are used. */
export function FieldCounter({ count, max }: { count: number; max: number }) {
  const t = useTranslations("common.field");
  if (count <= max * 0.8) return null;
  return (
    <span aria-live="polite" className={cn("text-xs tabular-nums", count > max ? "text-danger-text" : "text-muted")}>
      {t("counter", { count, max })}
    </span>
  );
}
