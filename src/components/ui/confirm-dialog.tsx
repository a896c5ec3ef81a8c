"use client";

import { onDemand } from "../on-demand";
import type { ReactNode } from "react";
import { useWasOnce } from "./use-was-once";

const ConfirmDialogBody = onDemand(() => import("./confirm-dialog-body"));

export type ConfirmDialogProps = {
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

/** Only for what cannot be undone. Its code comes when it is first asked for. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const isNeeded = useWasOnce(props.open);
  return isNeeded ? <ConfirmDialogBody {...props} /> : null;
}
