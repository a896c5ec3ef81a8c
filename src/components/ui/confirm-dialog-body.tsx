"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "./button";
import type { ConfirmDialogProps } from "./confirm-dialog";
import { Dialog, DialogClose, DialogContent } from "./dialog";
import { TextField } from "./text-field";

export default function ConfirmDialogBody(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, consequences, action, typedName, busy = false, error, onConfirm } = props;
  const t = useTranslations("common");
  const [typed, setTyped] = useState("");
  const mayConfirm = typedName === undefined || typed.trim() === typedName.trim();
  const change = (next: boolean) => {
    if (busy) return;
    setTyped("");
    onOpenChange(next);
  };
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogContent
        size="sm"
        title={title}
        footer={
          <>
            <DialogClose asChild>
              <Button disabled={busy}>{t("action.cancel")}</Button>
            </DialogClose>
            <Button type="submit" form="confirm-dialog" variant="danger" busy={busy} disabled={!mayConfirm}>
              {action}
            </Button>
          </>
        }
      >
        <form
          id="confirm-dialog"
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (mayConfirm && !busy) onConfirm();
          }}
        >
          <ul className="list-disc space-y-1 pl-5 text-text-2 marker:text-muted">
            {consequences.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {typedName !== undefined && (
            <TextField
              label={t("field.typeName", { name: typedName })}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              spellCheck={false}
            />
          )}
          {error && (
            <p role="alert" className="text-sm text-danger-text">
              {error}
            </p>
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}
