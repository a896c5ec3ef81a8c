"use client";

import { CircleCheck, Clock, Headset, Sparkles } from "lucide-react";
import type { ReactNode } from "react";
import { StatusPill, type Tone } from "@/components/ui/badge";
import type { DialogItem } from "@/modules/dialogs/contract";
import type { DialogFilter } from "@/modules/dialogs/limits";
import { filterOf } from "@/modules/dialogs/rules";
import { useDialogWords } from "./use-dialog-words";

const looks: Record<DialogFilter, { tone: Tone; icon: ReactNode }> = {
  open: { tone: "ai", icon: <Sparkles aria-hidden /> },
  waiting: { tone: "warning", icon: <Clock aria-hidden /> },
  operator: { tone: "accent", icon: <Headset aria-hidden /> },
  ended: { tone: "neutral", icon: <CircleCheck aria-hidden /> },
};

export function DialogStatus({ dialog }: { dialog: Pick<DialogItem, "status" | "handoffStatus"> }) {
  const { statusOf } = useDialogWords();
  return <StatusPill {...looks[filterOf(dialog)]}>{statusOf(dialog)}</StatusPill>;
}
