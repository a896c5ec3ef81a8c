"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { Button } from "./button";
import { Dialog, DialogClose, DialogContent } from "./dialog";
import { TextField } from "./text-field";

type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Names the object: «Delete assistant “Shop bot”». */
  title: ReactNode;
  /** What will be gone, one line each. */
  consequences: readonly string[];
  /** The verb on the button, never “OK”. */
  action: string;
  /** When given, the person types it before the button works. */
  typedName?: string;
  busy?: boolean;
  error?: string;
  onConfirm: () => void;
};

/** Only for what cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
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
