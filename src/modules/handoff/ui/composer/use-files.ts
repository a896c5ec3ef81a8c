"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { type FileRefusal, FILE_REFUSALS, replyFileLimits } from "@/modules/handoff/files/limits";
import { refusalByName } from "@/modules/handoff/files/rules";
import type { ReplyFile } from "@/modules/handoff/files/contract";
import { trpc } from "@/trpc/client";
import type { OutgoingFile } from "../outbox";

export type PickedFile = {
  id: string;
  name: string;
  sizeBytes: number;
  isImage: boolean;
  /** Null once the server has it and this page was not the one that sent it. */
  file: File | null;
  state:
    { kind: "sending" } | { kind: "ready"; stored: OutgoingFile } | { kind: "failed"; why: FileRefusal | "offline" };
};

/** Files that are picked for the next reply: received by the server while the words are still being written. */
export function useFiles(dialogId: string, workspaceId: string) {
  const [items, setItems] = useState<readonly PickedFile[]>([]);
  const drop = trpc.replies.dropFile.useMutation();
  const settle = (id: string, state: PickedFile["state"]) =>
    setItems((known) => known.map((item) => (item.id === id ? { ...item, state } : item)));
  const upload = async ({ id, file }: Pick<PickedFile, "id" | "file">) => {
    if (!file) return;
    settle(id, { kind: "sending" });
    settle(id, await sendFile({ id, file, dialogId, workspaceId }));
  };
  const again = useEffectEvent(() => {
    for (const item of items) if (item.state.kind === "failed" && item.state.why === "offline") void upload(item);
  });
  useEffect(() => {
    const onOnline = () => again();
    window.addEventListener("online", onOnline);
    return () => window.removeEventListener("online", onOnline);
  }, []);
  return {
    items,
    areReady: items.every(({ state }) => state.kind === "ready"),
    /** Some are still being received, and none was refused. */
    areUnderway:
      items.some(({ state }) => state.kind === "sending") && items.every(({ state }) => state.kind !== "failed"),
    add: (files: readonly File[]) => {
      const room = replyFileLimits.perReply - items.length;
      const added = files.map((file, index): PickedFile => {
        const why = index >= room ? "too-many-files" : refusalByName({ name: file.name, sizeBytes: file.size });
        const { name, size: sizeBytes, type } = file;
        const facts = { id: crypto.randomUUID(), name, sizeBytes, isImage: type.startsWith("image/"), file };
        return { ...facts, state: why ? { kind: "failed", why } : { kind: "sending" } };
      });
      setItems((known) => [...known, ...added]);
      for (const item of added) if (item.state.kind === "sending") void upload(item);
    },
    retry: (item: PickedFile) => void upload(item),
    remove: ({ id, state }: PickedFile) => {
      setItems((known) => known.filter((item) => item.id !== id));
      if (state.kind === "ready") drop.mutate({ id });
    },
    putBack: (stored: OutgoingFile) => {
      const { id, name, sizeBytes, kind } = stored;
      const item: PickedFile = {
        id,
        name,
        sizeBytes,
        isImage: kind === "photo",
        file: null,
        state: { kind: "ready", stored },
      };
      setItems((known) => [...known, item]);
    },
    take: (): OutgoingFile[] => {
      setItems([]);
      return items.flatMap(({ state }) => (state.kind === "ready" ? [state.stored] : []));
    },
  };
}

type Sent = { id: string; file: File; dialogId: string; workspaceId: string };

async function sendFile({ id, file, dialogId, workspaceId }: Sent): Promise<PickedFile["state"]> {
  const form = new FormData();
  form.set("dialogId", dialogId);
  form.set("id", id);
  form.set("file", file);
  try {
    const headers = { "x-workspace-id": workspaceId };
    const response = await fetch("/api/attachments", { method: "POST", body: form, headers });
    const body: unknown = await response.json();
    if (isStored(body)) {
      const { name, kind, sizeBytes } = body;
      return { kind: "ready", stored: { id, name, kind, sizeBytes } };
    }
    const reason = /"reason":"([\w-]+)"/.exec(JSON.stringify(body))?.[1];
    return { kind: "failed", why: FILE_REFUSALS.find((known) => known === reason) ?? "offline" };
  } catch {
    return { kind: "failed", why: "offline" };
  }
}

function isStored(body: unknown): body is ReplyFile {
  return typeof body === "object" && body !== null && "sizeBytes" in body;
}
