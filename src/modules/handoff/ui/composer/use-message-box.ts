"use client";

import { useEffect, useEffectEvent, useRef, useState, type RefObject } from "react";
import type { DraftKind } from "@/db/enums";
import type { DialogDetail } from "@/modules/dialogs/contract";
import { dialogLimits } from "@/modules/dialogs/limits";
import { HISTORY_PAGE } from "@/modules/handoff/conversation/rules";
import type { HandoffState } from "@/modules/handoff/contract";
import { blanksOf } from "@/modules/handoff/replies/rules";
import { useTypingReport } from "@/modules/handoff/ui/company/use-company";
import { trpc } from "@/trpc/client";
import type { Outgoing, Sequel } from "../outbox";
import { outboxPrefix } from "../outbox-post";
import { useOutbox } from "../use-outbox";
import { colleagueAfter, hindranceOf } from "./standing";
import { useDraft } from "./use-draft";
import { type PickedFile, useFiles } from "./use-files";
import { useLostReplies } from "./use-lost-replies";

export type Owner = { id: string; name: string; locale: string };
export type BoxProps = {
  dialog: DialogDetail;
  state: HandoffState;
  me: Owner;
  workspace: { id: string; name: string };
};

const NO_MESSAGES: never[] = [];

/** What is being written in a dialog, what stands in its way, and how it leaves. */
export function useMessageBox({ dialog, state, me, workspace }: BoxProps) {
  const dialogId = dialog.id;
  const owner = outboxPrefix(workspace.id, me.id);
  const field = useRef<HTMLTextAreaElement>(null);
  const hindrance = hindranceOf(dialog, state);
  const [chosen, setMode] = useState<DraftKind>("reply");
  const mode = hindrance ? "note" : chosen;
  const drafts = { reply: useDraft(owner, dialogId, "reply"), note: useDraft(owner, dialogId, "note") };
  const draft = drafts[mode];
  const files = useFiles(dialogId, workspace.id);
  const outbox = useOutbox(owner, dialogId);
  const reportTyping = useTypingReport(dialogId);
  const messages = trpc.dialogs.messages.useQuery({ dialogId, limit: HISTORY_PAGE }).data?.items ?? NO_MESSAGES;
  const newestSeq = messages.at(-1)?.seq ?? 0;
  const colleague = useColleague(messages, newestSeq, me.id, draft.text !== "" && mode === "reply");
  const [accepted, setAccepted] = useState<string | null>(null);
  const blanks = mode === "reply" && accepted !== draft.text ? blanksOf(draft.text) : [];
  useLostReplies(outbox, state.holder?.name ?? "", (words) => {
    drafts.note.type(joined(drafts.note.text, words));
    setMode("note");
  });

  // Sending was asked for while files were still being received.
  const [due, setDue] = useState<{ sequel: Sequel | null } | null>(null);

  const type = (text: string) => {
    setDue(null);
    if (draft.text === "") colleague.startFrom(newestSeq);
    draft.type(text);
    if (mode === "reply") reportTyping(text !== "");
  };
  const isTooLong = draft.text.length > dialogLimits.messageChars;
  const hasWords = draft.text.trim() !== "";
  const hasFiles = mode === "reply" && files.items.length > 0;
  const maySend = (hasWords || hasFiles) && !isTooLong && (mode === "note" || files.areReady || files.areUnderway);

  /** False when something has to be done first; the caller's focus is where. */
  const send = (sequel: Sequel | null = null): boolean => {
    if (!maySend) return false;
    const [blank] = blanks;
    if (blank) {
      select(field, blank);
      return false;
    }
    if (mode === "reply" && files.areUnderway) {
      setDue({ sequel });
      return true;
    }
    // Nothing is known of the talk before it was loaded once.
    const seenSeq = newestSeq === 0 ? null : newestSeq;
    const common = { kind: mode, takeOver: mode === "reply" && state.status !== "active", seenSeq };
    const attached = mode === "reply" ? files.take() : [];
    const { text, revision } = draft.take();
    const pieces = piecesOf(text, attached);
    pieces.forEach((piece, index) =>
      outbox.send({
        ...common,
        ...piece,
        draftRevision: mode === "reply" ? revision : null,
        sequel: index === pieces.length - 1 ? sequel : null,
      }),
    );
    colleague.startFrom(newestSeq);
    reportTyping(false);
    return true;
  };
  const sendDue = useEffectEvent(() => {
    setDue(null);
    if (due && files.areReady) send(due.sequel);
  });
  const isDue = due !== null;
  useEffect(() => {
    if (isDue && !files.areUnderway) sendDue();
  }, [isDue, files.areUnderway]);

  return {
    mode,
    setMode: (next: DraftKind) => {
      setDue(null);
      setMode(next);
    },
    hindrance,
    field,
    text: draft.text,
    type,
    blanks,
    acceptBlanks: () => setAccepted(draft.text),
    goToBlank: (from = 0) => {
      const next = blanks.find(({ start }) => start >= from) ?? null;
      if (next) select(field, next);
      return next !== null;
    },
    files: {
      ...files,
      remove: (item: PickedFile) => {
        setDue(null);
        files.remove(item);
      },
    },
    /** It leaves by itself as soon as its files are there, unless something is changed until then. */
    isDue,
    outbox,
    messages,
    heard: messages.findLast(({ author, text }) => author === "visitor" && text !== "")?.text ?? "",
    colleague: colleague.found,
    maySend,
    isTooLong,
    send,
    takesOver: state.status !== "active",
    /** A message that was refused becomes a draft again, with its file. */
    takeBack: ({ id, kind, text, file }: Outgoing) => {
      outbox.remove(id);
      setMode(kind);
      if (text !== "") drafts[kind].type(joined(drafts[kind].text, text));
      if (file) files.putBack(file);
      field.current?.focus();
    },
  };
}

export type MessageBoxState = ReturnType<typeof useMessageBox>;

function useColleague<Message extends Parameters<typeof colleagueAfter>[0][number]>(
  messages: readonly Message[],
  newestSeq: number,
  userId: string,
  isWriting: boolean,
) {
  const [sinceSeq, startFrom] = useState<number | null>(null);
  // A draft that was there when the dialog was opened was read together with all that stands above it.
  if (sinceSeq === null && newestSeq > 0) startFrom(newestSeq);
  const found = isWriting && sinceSeq !== null ? colleagueAfter(messages, sinceSeq, userId) : null;
  return { found, startFrom };
}

type Attached = ReturnType<ReturnType<typeof useFiles>["take"]>;

// One file carries the words as its caption; of several the words go first.
function piecesOf(text: string, files: Attached) {
  const [first] = files;
  if (first === undefined) return [{ text, file: null }];
  if (files.length === 1) return [{ text, file: first }];
  const words = text.trim() === "" ? [] : [{ text, file: null }];
  return [...words, ...files.map((file) => ({ text: "", file }))];
}

const joined = (text: string, words: string) => (text === "" ? words : `${text}\n${words}`);

/** After the next drawing, so that the words are there. */
export function select(field: RefObject<HTMLTextAreaElement | null>, place: { start: number; end: number }): void {
  field.current?.focus();
  requestAnimationFrame(() => field.current?.setSelectionRange(place.start, place.end));
}
