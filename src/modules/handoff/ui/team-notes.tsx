"use client";

import { Lock, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { TimeAgo } from "@/components/ui/time-ago";
import { toast } from "@/components/ui/toast";
import type { DialogDetail } from "@/modules/dialogs/contract";
import { dialogLimits } from "@/modules/dialogs/limits";
import { trpc } from "@/trpc/client";
import { useRefusalText } from "./use-refusal-text";

/** What the team keeps on a dialog: tags and private notes. */
export function TeamNotes({ dialog }: { dialog: DialogDetail }) {
  const t = useTranslations("handoff.team");
  const notes = trpc.dialogs.notes.useQuery({ dialogId: dialog.id });
  const items = notes.data?.items ?? [];
  return (
    <section className="mt-4 rounded-lg border bg-raised p-4">
      <h2 className="mb-3 text-base">{t("tags")}</h2>
      <Tags dialog={dialog} />
      {items.length > 0 && (
        <>
          <h2 className="mt-4 mb-2 flex items-center gap-1.5 text-base">
            <Lock aria-hidden className="size-3.5" /> {t("notes")}
          </h2>
          <p className="mb-2 text-xs text-muted">{t("private")}</p>
          <ul className="flex flex-col gap-2">
            {items.map((note) => (
              <li key={note.id} className="rounded-md border border-dashed bg-note p-2 text-sm">
                <p className="flex justify-between gap-2 text-xs text-muted">
                  <span className="truncate">{note.authorName || t("system")}</span>
                  <TimeAgo at={note.createdAt} className="shrink-0" />
                </p>
                <p className="wrap-anywhere whitespace-pre-wrap">{note.text}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Tags({ dialog }: { dialog: DialogDetail }) {
  const t = useTranslations("handoff.team");
  const utils = trpc.useUtils();
  const refusalText = useRefusalText();
  const [text, setText] = useState("");
  const { mutate, isPending } = trpc.dialogs.tag.useMutation({
    onSuccess: ({ tags }) => utils.dialogs.get.setData({ id: dialog.id }, (kept) => kept && { ...kept, tags }),
    onError: (error) => void toast.error(refusalText(error)),
  });
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "" || isPending) return;
    mutate({ dialogId: dialog.id, text }, { onSuccess: () => setText("") });
  };
  return (
    <>
      {dialog.tags.length > 0 && (
        <ul className="mb-2 flex flex-wrap gap-1">
          {dialog.tags.map((tag) => (
            <li key={tag} className="flex max-w-full items-center rounded-md border pl-2 text-sm">
              <span className="truncate">{tag}</span>
              <IconButton
                size="sm"
                label={t("removeTag", { tag })}
                onClick={() => mutate({ dialogId: dialog.id, text: tag, remove: true })}
              >
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={add}>
        <Input
          value={text}
          maxLength={dialogLimits.tagChars}
          aria-label={t("addTag")}
          placeholder={t("addTag")}
          onChange={({ target }) => setText(target.value)}
        />
      </form>
    </>
  );
}
