"use client";

import { trpc } from "@/trpc/client";
import { useCalls } from "./use-calls";
import { useIconDot, useTitleCount } from "./use-tab-signs";

/** Calls the person to dialogs: by sound, by a notification, by the title and the icon of the tab. Draws nothing. */
export default function Alerts({ inboxHref }: { inboxHref: string }) {
  const counts = trpc.handoff.counts.useQuery(undefined, { staleTime: 30_000 });
  const waiting = counts.data?.waiting ?? 0;
  useTitleCount(waiting);
  useIconDot(waiting > 0);
  useCalls({ inboxHref, hasDialogs: (counts.data?.mine ?? 0) > 0 });
  return null;
}
