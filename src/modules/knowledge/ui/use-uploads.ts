"use client";

import { useSyncExternalStore } from "react";
import { trpc, useWorkspaceId } from "@/trpc/client";
import { type UploadItem, UploadQueue } from "./upload-queue";

// Kept outside of React, so that changing tabs inside the editor cancels nothing.
const queues = new Map<string, UploadQueue>();
const none: UploadItem[] = [];

/** The uploads of an assistant and what can be done with them. */
export function useUploads(assistantId: string): { items: UploadItem[]; queue: UploadQueue } {
  const workspaceId = useWorkspaceId();
  const { knowledge } = trpc.useUtils();
  const queue =
    queues.get(assistantId) ??
    new UploadQueue({ workspaceId, assistantId }, () => void knowledge.documents.invalidate());
  queues.set(assistantId, queue);
  return { items: useSyncExternalStore(queue.subscribe, queue.snapshot, () => none), queue };
}
