"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import { toast } from "@/components/ui/toast";
import { reasonOf } from "../outbox";
import type { useOutbox } from "../use-outbox";
import { isLost } from "./standing";

/** Who lost the race for a dialog keeps the words: they become the draft of a note, and nothing is sent. */
export function useLostReplies(
  outbox: ReturnType<typeof useOutbox>,
  holderName: string,
  keep: (words: string) => void,
): void {
  const t = useTranslations("composer");
  const lost = outbox.items.filter((item) => item.kind === "reply" && isLost(reasonOf(item)));
  const onLost = useEffectEvent(() => {
    const holder = lost
      .map(({ refusal }) => refusal?.facts.holder)
      .find((name) => typeof name === "string" && name !== "");
    for (const { id } of lost) outbox.remove(id);
    const words = lost.map(({ text }) => text).filter((text) => text !== "");
    if (words.length > 0) keep(words.join("\n"));
    toast.warning(t("lost", { name: String(holder ?? (holderName || t("nameless"))) }), { description: t("lostKept") });
  });
  const isAny = lost.length > 0;
  useEffect(() => {
    if (isAny) onLost();
  }, [isAny]);
}
