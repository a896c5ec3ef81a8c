"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { DialogDetail } from "@/modules/dialogs/contract";
import { dialogLimits } from "@/modules/dialogs/limits";
import { useRefusalText } from "@/modules/handoff/ui/use-refusal-text";
import { trpc } from "@/trpc/client";

/** The tags of a dialog; while one is typed, those that the workspace uses already are offered. */
export function TagEditor({ dialog }: { dialog: DialogDetail }) {
  const t = useTranslations("handoff.team");
  const utils = trpc.useUtils();
  const refusalText = useRefusalText();
  const listId = useId();
  const [text, setText] = useState("");
  const [isNear, setIsNear] = useState(false);
  const known = trpc.inbox.tags.useQuery(undefined, { enabled: isNear, staleTime: 60_000 });
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
              <bdi className="truncate">{tag}</bdi>
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
          list={listId}
          maxLength={dialogLimits.tagChars}
          aria-label={t("addTag")}
          placeholder={t("addTag")}
          onFocus={() => setIsNear(true)}
          onChange={({ target }) => setText(target.value)}
        />
        <datalist id={listId}>
          {(known.data?.items ?? [])
            .filter((tag) => !dialog.tags.includes(tag))
            .map((tag) => (
              <option key={tag} value={tag} />
            ))}
        </datalist>
      </form>
    </>
  );
}
