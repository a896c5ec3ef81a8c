"use client";

import { useEffect } from "react";
import { keptStorage } from "@/components/kept-storage";
import { trpc, useWorkspaceId } from "@/trpc/client";
import { keysUnder } from "./outbox";
import { outboxOf, outboxPrefix, postOf } from "./outbox-post";

/** Sends what a reload interrupted, also for dialogs that nobody opens again. Draws nothing. */
export function OutboxKeeper() {
  const workspaceId = useWorkspaceId();
  const utils = trpc.useUtils();
  const userId = trpc.users.me.useQuery(undefined, { staleTime: Infinity }).data?.id;
  useEffect(() => {
    if (!userId || !workspaceId) return;
    const owner = outboxPrefix(workspaceId, userId);
    const dialogIds = keysUnder(owner, keptStorage()).map((key) => key.slice(owner.length).split(":")[0] ?? "");
    for (const dialogId of new Set(dialogIds)) outboxOf(owner, dialogId).connect(postOf(utils, dialogId));
  }, [userId, workspaceId, utils]);
  return null;
}
