"use client";

import { useTranslations } from "next-intl";
import type { OwnPresence } from "@/modules/handoff/presence/contract";

/** What a presence is called; one that a hidden tab caused says so. */
export function usePresenceWords(): (presence: Pick<OwnPresence, "chosen" | "status">) => string {
  const t = useTranslations("presence.status");
  return ({ chosen, status }) => t(status === "away" && chosen === "online" ? "autoAway" : status);
}

export function totals({ load, siteCapacity, telegramCapacity }: OwnPresence): { load: number; capacity: number } {
  return { load: load.site + load.telegram, capacity: siteCapacity + telegramCapacity };
}
