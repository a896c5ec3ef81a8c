"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { cn } from "@/components/cn";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Button } from "@/components/ui/button";
import { FieldCounter } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import type { DialogDetail } from "@/modules/dialogs/contract";
import { dialogLimits } from "@/modules/dialogs/limits";
import type { HandoffState } from "@/modules/handoff/contract";
import { trpc } from "@/trpc/client";
import { OutgoingReplies } from "./outgoing-replies";
import { useOutbox } from "./use-outbox";
import { useRefusalText } from "./use-refusal-text";

type Mode = "reply" | "note";

/** Where the team writes: to the visitor, or a note for itself. Each keeps a draft of its own. */
export function TeamComposer({ dialog }: { dialog: DialogDetail }) {
  const t = useTranslations("handoff.composer");
  const state = trpc.handoff.state.useQuery({ dialogId: dialog.id });
  const refusalText = useRefusalText();
  const outbox = useOutbox(dialog.id, refusalText);
  const note = useNote(dialog.id);
  const hindrance = hindranceOf(dialog, state.data);
  const [chosen, setMode] = useState<Mode>("reply");
  const mode = hindrance ? "note" : chosen;
  const [text, type] = useDraft(dialog.id, mode);
  const field = useRef<HTMLTextAreaElement>(null);
  const focus = (next: Mode) => {
    setMode(next);
    field.current?.focus();
  };
  useShortcuts({ KeyR: hindrance ? undefined : () => focus("reply"), KeyN: () => focus("note") });
  if (!state.data) return null;

  const isTooLong = text.length > dialogLimits.messageChars;
  const maySend = text.trim() !== "" && !isTooLong && !note.isPending;
  const takesOver = state.data.status !== "active";
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (!maySend) return;
    if (mode === "note") return note.add(text, () => type(""));
    outbox.send(text, takesOver);
    type("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <>
      <OutgoingReplies
        dialogId={dialog.id}
        items={outbox.items}
        onRetry={outbox.retry}
        onEdit={({ id, text: words }) => {
          outbox.remove(id);
          setMode("reply");
          type(text === "" ? words : `${text}\n${words}`);
        }}
      />
      <form
        onSubmit={submit}
        aria-label={t("label")}
        className={cn(
          "sticky bottom-0 mt-4 rounded-lg border bg-raised p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]",
          mode === "note" && "border-dashed bg-note",
        )}
      >
        <div role="group" aria-label={t("mode")} className="mb-2 flex flex-wrap items-center gap-1">
          {(["reply", "note"] as const).map((each) => (
            <Button
              key={each}
              size="sm"
              variant={each === mode ? "soft" : "ghost"}
              aria-pressed={each === mode}
              aria-keyshortcuts={each === "reply" ? "R" : "N"}
              disabled={each === "reply" && hindrance !== null}
              onClick={() => focus(each)}
            >
              {t(each)}
            </Button>
          ))}
          {hindrance && (
            <p className="min-w-0 flex-1 text-sm text-muted">
              {t(`hindrance.${hindrance}`, { name: state.data.holder?.name || t("nameless") })}
            </p>
          )}
        </div>
        <Textarea
          ref={field}
          rows={2}
          value={text}
          aria-label={t(mode)}
          aria-invalid={isTooLong || undefined}
          placeholder={t(`placeholder.${mode}`)}
          onChange={({ target }) => type(target.value)}
          onKeyDown={onKeyDown}
          className="max-h-40 min-h-16 w-full resize-none"
        />
        <div className="mt-2 flex items-center justify-between gap-2">
          <FieldCounter count={text.length} max={dialogLimits.messageChars} />
          <Button
            type="submit"
            variant={mode === "reply" && !takesOver ? "solid" : "soft"}
            className="ml-auto"
            busy={note.isPending}
            disabled={!maySend}
          >
            {t(mode === "note" ? "addNote" : takesOver ? "takeAndSend" : "send")}
          </Button>
        </div>
      </form>
    </>
  );
}

/** Why nobody can write to the visitor here and now; notes are always possible. */
function hindranceOf(dialog: DialogDetail, state: HandoffState | undefined) {
  if (dialog.status === "ended") return "ended";
  if (dialog.channel === "preview") return "preview";
  if (!dialog.isReachable) return "unreachable";
  return state?.status === "active" && !state.isMine && !state.mayOverride ? "held" : null;
}

function useDraft(dialogId: string, mode: Mode): [string, (text: string) => void] {
  const keyOf = (each: Mode) => `${each}-draft:${dialogId}`;
  const [drafts, setDrafts] = useState(() => ({
    reply: sessionStorage.getItem(keyOf("reply")) ?? "",
    note: sessionStorage.getItem(keyOf("note")) ?? "",
  }));
  const type = (text: string) => {
    sessionStorage.setItem(keyOf(mode), text);
    setDrafts((kept) => ({ ...kept, [mode]: text }));
  };
  return [drafts[mode], type];
}

function useNote(dialogId: string) {
  const utils = trpc.useUtils();
  const refusalText = useRefusalText();
  const { mutate, isPending } = trpc.dialogs.note.useMutation({
    onSuccess: () => utils.dialogs.notes.invalidate({ dialogId }),
    onError: (error) => void toast.error(refusalText(error)),
  });
  const add = (text: string, onSuccess: () => void) =>
    mutate({ dialogId, id: crypto.randomUUID(), text }, { onSuccess });
  return { add, isPending };
}
