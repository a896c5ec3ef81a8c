"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { dialogLimits } from "@/modules/dialogs/limits";
import { trpc } from "@/trpc/client";

type TagDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  count: number;
  onChoose: (tag: string) => void;
};

/** A tag for the dialogs, new or one that the workspace uses. */
export function TagDialog({ open, onOpenChange, count, onChoose }: TagDialogProps) {
  const t = useTranslations("inbox.tag");
  const listId = useId();
  const tags = trpc.inbox.tags.useQuery(undefined, { enabled: open });
  const [text, setText] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") return;
    onOpenChange(false);
    onChoose(text);
    setText("");
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="sm" title={t("title", { count })}>
        <form onSubmit={submit} className="flex flex-col gap-4">
          <Field label={t("name")}>
            {(control) => (
              <Input
                {...control}
                list={listId}
                autoComplete="off"
                value={text}
                maxLength={dialogLimits.tagChars}
                onChange={({ target }) => setText(target.value)}
              />
            )}
          </Field>
          <datalist id={listId}>
            {(tags.data?.items ?? []).map((tag) => (
              <option key={tag} value={tag} />
            ))}
          </datalist>
          <Button type="submit" variant="solid" className="self-end" disabled={text.trim() === ""}>
            {t("add")}
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}
