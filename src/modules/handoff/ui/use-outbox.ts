"use client";

import { useEffect, useSyncExternalStore } from "react";
import { trpc } from "@/trpc/client";
import type { Outgoing } from "./outbox";
import { outboxOf, postOf } from "./outbox-post";

export type NewMessage = Omit<Outgoing, "id" | "refusal" | "isSent" | "at">;

/** The messages of a dialog that the server has not confirmed yet, and the way to send more. */
export function useOutbox(ownerPrefix: string, dialogId: string) {
  const utils = trpc.useUtils();
  const outbox = outboxOf(ownerPrefix, dialogId);
  const items = useSyncExternalStore(outbox.subscribe, outbox.list);
  useEffect(() => outbox.connect(postOf(utils, dialogId)), [outbox, utils, dialogId]);
  return {
    items,
    send: (message: NewMessage) => outbox.add({ ...message, id: crypto.randomUUID() }),
    retry: (id: string) => outbox.retry(id),
    remove: (id: string) => outbox.remove(id),
  };
}
