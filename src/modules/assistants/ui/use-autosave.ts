"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { keptStorage } from "@/components/kept-storage";
import { reasonOf } from "@/components/use-error-text";
import type { Assistant } from "@/modules/assistants/contract";
import { trpc } from "@/trpc/client";

const QUIET_MS = 800;

// Validation weighs a fifth of the page and is needed from the first edit on.
const loadContract = () => import("@/modules/assistants/contract");

export type Draft = Pick<
  Assistant,
  | "name"
  | "instructions"
  | "model"
  | "tone"
  | "language"
  | "greeting"
  | "starters"
  | "noAnswerPolicy"
  | "handoffTriggers"
  | "saysHandoffWords"
  | "showSources"
  | "asksForThumbs"
  | "isActive"
>;

export type SaveState =
  | { kind: "saved" }
  | { kind: "waiting" }
  | { kind: "saving" }
  /** Somebody else saved meanwhile; what was typed here is still here. */
  | { kind: "conflict" }
  | { kind: "invalid"; field: string }
  | { kind: "failed"; error: unknown };

const storageKey = (id: string) => `assistant-draft:${id}`;

/**
 * The editor's draft: shown at once, kept in the browser with every key, saved 800 ms after the last one. A save names the
 * version it was typed over, so two tabs never overwrite each other unseen.
 */
export function useAutosave(assistant: Assistant) {
  const utils = trpc.useUtils();
  const [draft, setDraft] = useState<Draft>(() => draftOf(assistant));
  const [state, setState] = useState<SaveState>({ kind: "saved" });
  const version = useRef(assistant.version);
  const latest = useRef(draft);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isSaving = useRef(false);
  const update = trpc.assistants.update.useMutation();

  const save = async () => {
    clearTimeout(timer.current);
    if (isSaving.current) return;
    const sent = latest.current;
    isSaving.current = true;
    try {
      const { updateAssistantInput } = await loadContract();
      const parsed = updateAssistantInput.safeParse({
        id: assistant.id,
        version: version.current,
        ...withoutBlanks(sent),
      });
      if (parsed.success) {
        setState({ kind: "saving" });
        const saved = await update.mutateAsync(parsed.data);
        version.current = saved.version;
        utils.assistants.get.setData({ id: assistant.id }, saved);
        if (latest.current === sent) {
          keptStorage().removeItem(storageKey(assistant.id));
          setState({ kind: "saved" });
        }
      } else setState({ kind: "invalid", field: String(parsed.error.issues[0]?.path[0] ?? "") });
    } catch (error) {
      setState(reasonOf(error) === "assistant-changed" ? { kind: "conflict" } : { kind: "failed", error });
      return;
    } finally {
      isSaving.current = false;
    }
    if (latest.current !== sent) await save();
  };

  const change = (fields: Partial<Draft>) => {
    const next = { ...latest.current, ...fields };
    latest.current = next;
    setDraft(next);
    remember(assistant.id, version.current, next);
    setState((now) => (now.kind === "conflict" ? now : { kind: "waiting" }));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), QUIET_MS);
  };

  const takeTheirs = async () => {
    const current = await utils.assistants.get.fetch({ id: assistant.id }, { staleTime: 0 });
    version.current = current.version;
    latest.current = draftOf(current);
    setDraft(latest.current);
    keptStorage().removeItem(storageKey(assistant.id));
    setState({ kind: "saved" });
  };

  const keepMine = async () => {
    const current = await utils.assistants.get.fetch({ id: assistant.id }, { staleTime: 0 });
    version.current = current.version;
    await save();
  };

  // A save that a lost connection kept from leaving leaves with the connection.
  const saveAgain = useEffectEvent(() => {
    if (state.kind === "failed") void save();
  });
  useEffect(() => {
    window.addEventListener("online", saveAgain);
    return () => window.removeEventListener("online", saveAgain);
  }, []);
  useRestoredDraft(assistant, (typed) => change(typed));
  useLeaveGuard(state.kind !== "saved");
  // Knowledge raises the version too; without own changes the newest state simply replaces what is shown.
  useEffect(() => {
    if (state.kind !== "saved" || assistant.version <= version.current) return;
    version.current = assistant.version;
    latest.current = draftOf(assistant);
    setDraft(latest.current);
  }, [assistant, state.kind]);

  return { draft, state, change, retry: save, takeTheirs, keepMine };
}

function draftOf(assistant: Assistant): Draft {
  const {
    name,
    instructions,
    model,
    tone,
    language,
    greeting,
    starters,
    noAnswerPolicy,
    handoffTriggers,
    saysHandoffWords,
    showSources,
    asksForThumbs,
    isActive,
  } = assistant;
  return {
    name,
    instructions,
    model,
    tone,
    language,
    greeting,
    starters,
    noAnswerPolicy,
    handoffTriggers,
    saysHandoffWords,
    showSources,
    asksForThumbs,
    isActive,
  };
}

// A line that was just added is still empty; it is no starter yet.
function withoutBlanks(draft: Draft): Draft {
  return { ...draft, starters: draft.starters.filter((starter) => starter.trim() !== "") };
}

function remember(id: string, version: number, draft: Draft): void {
  try {
    keptStorage().setItem(storageKey(id), JSON.stringify({ version, draft }));
  } catch {
    // A full or forbidden storage costs the safety net, not the edit.
  }
}

// What was typed before a crash or a lost connection comes back once, when the page opens.
function useRestoredDraft(assistant: Assistant, restore: (draft: Partial<Draft>) => void): void {
  const wasRead = useRef(false);
  useEffect(() => {
    if (wasRead.current) return;
    wasRead.current = true;
    const stored = keptStorage().getItem(storageKey(assistant.id));
    if (!stored) return;
    const restoreStored = async () => {
      const { updateAssistantInput } = await loadContract();
      const parsed = updateAssistantInput.partial().safeParse(parseDraft(stored));
      if (!parsed.success) return keptStorage().removeItem(storageKey(assistant.id));
      const { id: _, version: __, ...typed } = parsed.data;
      restore(typed);
    };
    // What cannot be checked now stays stored for the next visit.
    restoreStored().catch(() => undefined);
  });
}

function parseDraft(stored: string): unknown {
  try {
    const value: unknown = JSON.parse(stored);
    return typeof value === "object" && value !== null && "draft" in value ? value.draft : null;
  } catch {
    return null;
  }
}

function useLeaveGuard(isActive: boolean): void {
  useEffect(() => {
    if (!isActive) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isActive]);
}
