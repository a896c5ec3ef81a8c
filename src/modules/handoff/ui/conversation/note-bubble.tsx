"use client";

import { Lock, StickyNote } from "lucide-react";
import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { TimeAgo } from "@/components/ui/time-ago";
import type { NoteItem } from "@/modules/dialogs/contract";
import { mentionPieces } from "@/modules/dialogs/mentions/rules";

/** What the team tells itself, between the words that the visitor sees and unlike any of them. */
export function NoteBubble({ note }: { note: NoteItem }) {
  const t = useTranslations("conversation.note");
  return (
    <article className="my-1 rounded-lg border border-dashed border-note-border bg-note px-4 py-2.5 text-note-text">
      <header className="mb-1 flex flex-wrap items-center gap-x-2 gap-y-0.5 text-xs">
        <span className="flex min-w-0 items-center gap-1.5 font-medium">
          <StickyNote aria-hidden className="size-3.5 shrink-0" strokeWidth={1.75} />
          <span className="sr-only">{t("label")}</span>
          <bdi className="min-w-0 truncate">{note.authorName || t("system")}</bdi>
        </span>
        <TimeAgo at={note.createdAt} className="shrink-0" />
        <span className="ml-auto flex shrink-0 items-center gap-1">
          <Lock aria-hidden className="size-3" strokeWidth={1.75} /> {t("private")}
        </span>
      </header>
      <p dir="auto" className="text-md [unicode-bidi:isolate] wrap-anywhere whitespace-pre-wrap">
        {mentionPieces(note.text, note.mentions).map((piece, index) =>
          piece.isMention ? (
            <span key={index} className="rounded-sm bg-accent-tint px-0.5 font-medium text-accent-text">
              @{piece.text}
            </span>
          ) : (
            <Fragment key={index}>{piece.text}</Fragment>
          ),
        )}
      </p>
    </article>
  );
}
