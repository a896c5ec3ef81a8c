"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { TextareaField, TextField } from "@/components/ui/text-field";
import { reasonOf, useErrorText } from "@/components/use-error-text";
import type { SavedReply } from "@/modules/handoff/replies/contract";
import { replyLimits } from "@/modules/handoff/replies/limits";
import { trpc } from "@/trpc/client";

type SavedReplyDialogProps = { edited: SavedReply | "new" | null; onClose: () => void };

/** A saved reply is written or changed. */
export function SavedReplyDialog({ edited, onClose }: SavedReplyDialogProps) {
  const t = useTranslations("replies");
  const common = useTranslations("common.action");
  const [isBusy, setIsBusy] = useState(false);
  const key = edited === null || edited === "new" ? "new" : edited.id;
  return (
    <Dialog open={edited !== null} onOpenChange={(open) => !open && !isBusy && onClose()}>
      <DialogContent
        size="lg"
        title={t(key === "new" ? "add" : "change")}
        footer={
          <>
            <DialogClose asChild>
              <Button disabled={isBusy}>{common("cancel")}</Button>
            </DialogClose>
            <Button type="submit" form="saved-reply" variant="solid" busy={isBusy}>
              {common("save")}
            </Button>
          </>
        }
      >
        <ReplyForm key={key} reply={edited === "new" ? null : edited} onBusy={setIsBusy} onDone={onClose} />
      </DialogContent>
    </Dialog>
  );
}

type ReplyFormProps = { reply: SavedReply | null; onBusy: (isBusy: boolean) => void; onDone: () => void };

const SHORTCUT = /^\/?[\p{L}\p{N}_-]+$/u;

function ReplyForm({ reply, onBusy, onDone }: ReplyFormProps) {
  const t = useTranslations("replies");
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? "");
  const [title, setTitle] = useState(reply?.title ?? "");
  const [text, setText] = useState(reply?.text ?? "");
  const [isChecked, setIsChecked] = useState(false);
  const options = {
    onSettled: () => onBusy(false),
    onSuccess: async () => {
      await utils.replies.list.invalidate();
      onDone();
    },
  };
  const create = trpc.replies.create.useMutation(options);
  const update = trpc.replies.update.useMutation(options);
  const error = create.error ?? update.error;
  const isTaken = reasonOf(error) === "shortcut-taken";
  const faults = {
    shortcut: SHORTCUT.test(shortcut.trim()) ? undefined : t("fault.shortcut"),
    title: title.trim() === "" ? t("fault.title") : undefined,
    text: text.trim() === "" ? t("fault.text") : undefined,
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsChecked(true);
    const wrong = (["shortcut", "title", "text"] as const).find((field) => faults[field] !== undefined);
    if (wrong) return event.currentTarget.querySelector<HTMLElement>(`[name=${wrong}]`)?.focus();
    onBusy(true);
    const fields = { shortcut, title, text };
    if (reply) update.mutate({ ...fields, id: reply.id });
    else create.mutate(fields);
  };
  const forget = () => {
    create.reset();
    update.reset();
  };
  return (
    <form id="saved-reply" noValidate onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        name="shortcut"
        label={t("shortcut")}
        help={t("shortcutHelp")}
        value={shortcut}
        maxLength={replyLimits.shortcutChars}
        error={isTaken ? t("fault.taken") : isChecked ? faults.shortcut : undefined}
        onChange={({ target }) => {
          forget();
          setShortcut(target.value);
        }}
        autoFocus
      />
      <TextField
        name="title"
        label={t("name")}
        value={title}
        maxLength={replyLimits.titleChars}
        error={isChecked ? faults.title : undefined}
        onChange={({ target }) => setTitle(target.value)}
      />
      <TextareaField
        name="text"
        label={t("text")}
        help={t("textHelp")}
        rows={6}
        value={text}
        maxLength={replyLimits.textChars}
        counterMax={replyLimits.textChars}
        error={isChecked ? faults.text : undefined}
        onChange={({ target }) => setText(target.value)}
      />
      {error && !isTaken && (
        <p role="alert" className="rounded-md bg-danger-tint px-3 py-2 text-danger-text">
          {errorText(error)}
        </p>
      )}
    </form>
  );
}
