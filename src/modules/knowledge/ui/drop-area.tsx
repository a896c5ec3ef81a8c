"use client";

import { FileUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type DragEvent, type ReactNode, useState } from "react";
import { SHOWN_TYPES } from "./upload-queue";

/** A region that takes dropped files anywhere on it. */
export function DropArea({ onFiles, children }: { onFiles: (files: File[]) => void; children: ReactNode }) {
  const t = useTranslations("knowledge.drop");
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    <div
      className="relative flex min-h-80 flex-col gap-6"
      onDragEnter={over}
      onDragOver={over}
      onDragLeave={(event) => {
        const goesInside = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
        if (!goesInside) setOver(false);
      }}
      onDrop={(event) => {
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {isOver && (
        <div className="pointer-events-none absolute -inset-2 z-10 grid place-items-center rounded-xl border-2 border-dashed border-accent bg-accent-tint/90">
          <p className="flex flex-col items-center gap-1 text-center">
            <FileUp aria-hidden className="size-5 text-accent-text" strokeWidth={1.75} />
            <span className="text-md font-medium text-accent-text">{t("title")}</span>
            <span className="text-text-2">{t("hint", { types: SHOWN_TYPES.join(", ").toUpperCase() })}</span>
          </p>
        </div>
      )}
    </div>
  );
}
