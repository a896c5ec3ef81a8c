"use client";

import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from "react";
import { keptStorage } from "@/components/kept-storage";
import type { DraftKind } from "@/db/enums";
import { trpc } from "@/trpc/client";
import { DraftBox } from "./draft-box";

const SAVE_AFTER_MS = 600;
const AGAIN_AFTER_MS = 5_000;

/** What a person has in the making in a dialog: kept here at once and on the server a moment later, for every device. */
export function useDraft(ownerPrefix: string, dialogId: string, kind: DraftKind) {
  const [box] = useState(() => new DraftBox(`draft:${ownerPrefix}${dialogId}:${kind}`, keptStorage()));
  const text = useSyncExternalStore(box.subscribe, box.text);
  const save = useSaving(box, dialogId, kind);
  const stored = trpc.replies.draft.useQuery({ dialogId }, { staleTime: 0, refetchOnWindowFocus: true });
  const { data } = stored;
  useEffect(() => {
    if (!data) return;
    box.receive(data[kind] ?? { text: "", revision: 0 });
    save();
  }, [box, data, kind, save]);
  return {
    text,
    type: (next: string) => {
      box.type(next);
      save();
    },
    /** The words to be sent, and the revision of the empty place that they leave. */
    take: () => {
      const taken = box.take();
      save();
      return taken;
    },
  };
}

function useSaving(box: DraftBox, dialogId: string, kind: DraftKind): () => void {
  const utils = trpc.useUtils();
  const { mutateAsync } = trpc.replies.saveDraft.useMutation();
  const [saver] = useState(() => new Saver());
  // A list of dialogs shows drafts; it is asked again when one appears or goes, not at each word.
  const wasEmpty = useRef(true);
  const act = useEffectEvent(async () => {
    const draft = box.unsaved();
    if (!draft) return true;
    try {
      const { isKept } = await mutateAsync({ dialogId, kind, ...draft });
      box.confirm(draft.revision);
      if (!isKept) void utils.replies.draft.invalidate({ dialogId });
      if ((draft.text === "") !== wasEmpty.current) void utils.inbox.list.invalidate();
      wasEmpty.current = draft.text === "";
      return box.unsaved() === null;
    } catch {
      return false;
    }
  });
  useEffect(() => {
    const now = () => saver.flush();
    saver.start(() => act());
    window.addEventListener("online", now);
    window.addEventListener("pagehide", now);
    return () => {
      window.removeEventListener("online", now);
      window.removeEventListener("pagehide", now);
      saver.stop();
    };
  }, [saver]);
  return saver.later;
}

/** One save at a time, a moment after the last key; again until everything is saved. */
class Saver {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isSaving = false;
  private save: (() => Promise<boolean>) | undefined;

  start(save: () => Promise<boolean>): void {
    this.save = save;
  }

  readonly later = (afterMs = SAVE_AFTER_MS): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), afterMs);
  };

  flush(): void {
    clearTimeout(this.timer);
    void this.run();
  }

  /** Whoever leaves the dialog within the moment leaves nothing behind. */
  stop(): void {
    this.flush();
    this.save = undefined;
  }

  private async run(): Promise<void> {
    if (this.isSaving || !this.save) return;
    this.isSaving = true;
    const isDone = await this.save();
    this.isSaving = false;
    if (!isDone) this.later(AGAIN_AFTER_MS);
  }
}
