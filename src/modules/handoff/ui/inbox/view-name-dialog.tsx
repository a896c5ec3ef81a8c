"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { reasonOf, useErrorText } from "@/components/use-error-text";
import type { InboxSavedView } from "@/modules/handoff/inbox/contract";
import { inboxLimits } from "@/modules/handoff/inbox/limits";
import { trpc } from "@/trpc/client";

type ViewNameDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The view that gets another name; without one a new view is made of `filter`. */
  view?: InboxSavedView;
  filter?: Record<string, string>;
  onMade?: (id: string) => void;
};

/** Asks for the name of a kept view. */
export function ViewNameDialog({ open, onOpenChange, view, filter, onMade }: ViewNameDialogProps) {
  const t = useTranslations("inbox.views");
  const common = useTranslations("common.action");
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const [name, setName] = useState(view?.name ?? "");
  const onSuccess = async (id?: string) => {
    await utils.inbox.views.list.invalidate();
    onOpenChange(false);
    if (id) onMade?.(id);
    setName("");
  };
  const create = trpc.inbox.views.create.useMutation({ onSuccess: ({ id }) => onSuccess(id) });
  const rename = trpc.inbox.views.rename.useMutation({ onSuccess: () => onSuccess() });
  const failure = create.error ?? rename.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    if (view) rename.mutate({ id: view.id, name });
    else create.mutate({ name, filter: filter ?? {} });
  };
  const error =
    failure &&
    (reasonOf(failure) === "too-many-views" ? t("tooMany", { limit: inboxLimits.viewsPerPerson }) : errorText(failure));
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="sm" title={view ? t("rename") : t("save")}>
        <form onSubmit={submit} className="flex flex-col gap-4">
          <Field label={t("name")} help={t("nameHelp")} error={error || undefined}>
            {(control) => (
              <Input
                {...control}
                value={name}
                maxLength={inboxLimits.viewNameChars}
                onChange={({ target }) => setName(target.value)}
              />
            )}
          </Field>
          <Button
            type="submit"
            variant="solid"
            className="self-end"
            busy={create.isPending || rename.isPending}
            disabled={name.trim() === ""}
          >
            {common("save")}
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}
