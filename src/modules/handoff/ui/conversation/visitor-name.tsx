"use client";

import { Check, Pencil, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { DialogDetail } from "@/modules/dialogs/contract";
import { useDialogWords } from "@/modules/dialogs/ui/use-dialog-words";
import { visitorNameChars } from "@/modules/dialogs/profile/limits";
import { useRefusalText } from "@/modules/handoff/ui/use-refusal-text";
import { trpc } from "@/trpc/client";

/** The visitor's name, which the team may change; it is kept for all later dialogs of the same person. */
export function VisitorName({ dialog }: { dialog: DialogDetail }) {
  const t = useTranslations("conversation.context");
  const common = useTranslations("common.action");
  const { nameOf } = useDialogWords();
  const refusalText = useRefusalText();
  const utils = trpc.useUtils();
  const [name, setName] = useState<string | null>(null);
  const { mutate, isPending } = trpc.dialogs.nameVisitor.useMutation({
    onSuccess: () => setName(null),
    onError: (error) => void toast.error(refusalText(error)),
    onSettled: () => utils.dialogs.invalidate(),
  });
  if (name === null) {
    return (
      <p className="flex min-w-0 items-center gap-1 font-medium">
        <bdi className="min-w-0 truncate">{nameOf(dialog)}</bdi>
        <IconButton size="sm" label={t("rename")} onClick={() => setName(dialog.visitorName)}>
          <Pencil aria-hidden />
        </IconButton>
      </p>
    );
  }
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "" || isPending) return;
    if (name.trim() === dialog.visitorName) return setName(null);
    mutate({ dialogId: dialog.id, name });
  };
  return (
    <form onSubmit={save} className="flex items-center gap-1">
      <Input
        autoFocus
        value={name}
        maxLength={visitorNameChars}
        aria-label={t("name")}
        onChange={({ target }) => setName(target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          setName(null);
        }}
        className="min-w-0 flex-1"
      />
      <IconButton size="sm" type="submit" label={t("saveName")} busy={isPending}>
        <Check aria-hidden />
      </IconButton>
      <IconButton size="sm" label={common("cancel")} onClick={() => setName(null)}>
        <X aria-hidden />
      </IconButton>
    </form>
  );
}
