"use client";

import type { ComponentProps } from "react";
import { AppShell } from "@/components/shell/app-shell";
import { onDemand } from "@/components/on-demand";
import { trpc } from "@/trpc/client";
import { usePresence } from "./use-presence";

const OutboxKeeper = onDemand(async () => ({ default: (await import("./outbox-keeper")).OutboxKeeper }));

/** The frame of a workspace that counts who waits for a person, and keeps its own person present. */
export function WaitingShell({ items, ...rest }: ComponentProps<typeof AppShell>) {
  usePresence();
  const counts = trpc.handoff.counts.useQuery(undefined, { staleTime: 30_000 });
  const waiting = counts.data?.waiting;
  const counted = items.map((item) => (item.key === "inbox" ? { ...item, badge: waiting } : item));
  return (
    <>
      <AppShell items={counted} {...rest} />
      <OutboxKeeper />
    </>
  );
}
