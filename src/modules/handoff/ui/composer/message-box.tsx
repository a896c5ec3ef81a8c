"use client";

import { Paperclip } from "lucide-react";
import { useTranslations } from "next-intl";
import { type DragEvent, type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { cn } from "@/components/cn";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Button } from "@/components/ui/button";
import { FieldCounter } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { dialogLimits } from "@/modules/dialogs/limits";
import { useDialogWords } from "@/modules/dialogs/ui/use-dialog-words";
import { REPLY_FILE_ACCEPT, replyFileLimits } from "@/modules/handoff/files/limits";
import { blanksOf, fillVariables } from "@/modules/handoff/replies/rules";
import { OutgoingReplies } from "../outgoing-replies";
import { FileList } from "./file-list";
import { HelpButtons } from "./help-buttons";
import { SavedReplyList } from "./saved-reply-list";
import { SendButton } from "./send-button";
import { TELEGRAM_PART_CHARS } from "./standing";
import { SuggestionPanel } from "./suggestion-panel";
import { useColleagueLabel } from "./use-colleague-label";
import { useEnterChoice } from "./use-enter-choice";
import { type BoxProps, select, useMessageBox } from "./use-message-box";
import { useSavedReplySearch } from "./use-saved-reply-search";
import { useSuggestion } from "./use-suggestion";

const MODES = ["reply", "note"] as const;

/** The box itself: what is being written, in which of its two kinds, with everything that helps writing it. */
export function MessageBox(props: BoxProps) {
  const { dialog, state, me, workspace } = props;
  const t = useTranslations("composer");
  const { nameOf } = useDialogWords();
  const box = useMessageBox(props);
  const { mode, text, field, hindrance } = box;
  const button = useRef<HTMLButtonElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [sendsOnEnter, swapEnter] = useEnterChoice();
  const warning = useColleagueLabel(box.colleague);
  const takesFiles = mode === "reply" && dialog.channel === "telegram";
  const values = {
    visitor: dialog.visitorName,
    operator: me.name,
    assistant: dialog.assistantName,
    workspace: workspace.name,
  };
  const search = useSavedReplySearch(mode === "reply" ? text : "", (reply) => {
    const filled = fillVariables(reply.text, values);
    box.type(filled);
    const [blank] = blanksOf(filled);
    select(field, blank ?? { start: filled.length, end: filled.length });
  });
  const focus = (next: (typeof MODES)[number]) => {
    box.setMode(next);
    field.current?.focus();
  };
  const suggestion = useSuggestion(dialog.id, workspace.id, box.messages, () => void toast.info(t("suggestion.stale")));
  const draft = () => {
    focus("reply");
    void suggestion.draft("write");
  };
  useShortcuts({
    KeyR: hindrance ? undefined : () => focus("reply"),
    KeyN: () => focus("note"),
    "mod+KeyJ": hindrance ? undefined : draft,
  });
  const put = (words: string) => {
    suggestion.stop();
    box.type(words);
    const [blank] = blanksOf(words);
    select(field, blank ?? { start: words.length, end: words.length });
  };
  const insert = () => {
    const words = suggestion.shown?.text.trim() ?? "";
    const at = field.current?.selectionEnd ?? text.length;
    put(text.trim() === "" ? words : `${text.slice(0, at)}${words}${text.slice(at)}`);
  };

  const submit = (event?: FormEvent, options?: { closes: boolean }) => {
    event?.preventDefault();
    if (box.send(options)) field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (search.onKeyDown(event)) return;
    const offered = suggestion.shown;
    if (offered && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      return suggestion.stop();
    }
    if (offered?.status === "done" && offered.kind !== "heard" && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      return insert();
    }
    const hasMod = event.metaKey || event.ctrlKey;
    // The key between full stop and right Shift opens the list in every layout, not only where it types a slash.
    if (event.code === "Slash" && text === "" && mode === "reply" && !hasMod && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      return box.type("/");
    }
    if (event.key === "Tab" && !event.shiftKey && box.blanks.length > 0) {
      if (box.goToBlank(event.currentTarget.selectionEnd)) event.preventDefault();
      return;
    }
    if (event.key !== "Enter") return;
    if (hasMod) {
      event.preventDefault();
      return submit(undefined, { closes: mode === "reply" });
    }
    if (event.shiftKey === sendsOnEnter) return;
    event.preventDefault();
    // Whoever presses Enter in the moment a colleague replies has not read the button yet.
    if (warning) return button.current?.focus();
    submit();
  };
  const drop = (event: DragEvent) => {
    setIsOver(false);
    if (!takesFiles || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    box.files.add([...event.dataTransfer.files]);
  };
  const isSplit = mode === "reply" && dialog.channel === "telegram" && text.length > TELEGRAM_PART_CHARS;
  const isCaptionSplit = takesFiles && box.files.items.length === 1 && text.length > replyFileLimits.captionChars;
  return (
    <div className="flex flex-col gap-2">
      <OutgoingReplies
        dialogId={dialog.id}
        items={box.outbox.items}
        onRetry={box.outbox.retry}
        onEdit={({ id, kind, text: words }) => {
          box.outbox.remove(id);
          box.putBack(kind, words);
        }}
        onDismiss={box.outbox.remove}
      />
      <form
        onSubmit={(event) => submit(event)}
        onDragOver={(event) => {
          if (!takesFiles || !event.dataTransfer.types.includes("Files")) return;
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
        aria-label={t("label")}
        className={cn(
          "relative rounded-lg border bg-raised p-3 max-sm:p-2",
          mode === "note" && "border-dashed bg-note",
          isOver && "border-accent bg-accent-tint",
        )}
      >
        {suggestion.shown && mode === "reply" && (
          <SuggestionPanel
            suggestion={suggestion.shown}
            hasTyped={text.trim() !== ""}
            onInsert={insert}
            onReplace={() => put(suggestion.shown?.text.trim() ?? "")}
            onAgain={() => void suggestion.draft("again")}
            onShorter={() => void suggestion.draft("shorter")}
            onClose={suggestion.stop}
          />
        )}
        {search.isOpen && <SavedReplyList search={search} values={values} />}
        <div className="mb-2 flex flex-wrap items-center gap-1">
          <div role="group" aria-label={t("mode")} className="flex gap-1">
            {MODES.map((each) => (
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
          </div>
          <p className="min-w-0 flex-1 text-right text-sm text-muted max-sm:basis-full max-sm:text-left">
            {hindrance
              ? t(`hindrance.${hindrance}`, { name: state.holder?.name || t("nameless") })
              : mode === "reply" && (
                  <span className="block truncate max-sm:hidden">
                    {t("to", { name: nameOf(dialog), channel: t(`channel.${dialog.channel}`) })}
                  </span>
                )}
          </p>
        </div>
        <Textarea
          ref={field}
          rows={2}
          value={text}
          aria-label={t(mode)}
          aria-invalid={box.isTooLong || undefined}
          aria-haspopup={mode === "reply" ? "listbox" : undefined}
          aria-autocomplete={mode === "reply" ? "list" : undefined}
          aria-controls={search.found.length > 0 ? search.listId : undefined}
          aria-activedescendant={search.found.length > 0 ? search.optionId(search.at) : undefined}
          placeholder={t(`placeholder.${mode}`)}
          onChange={({ target }) => {
            search.reset();
            box.type(target.value);
          }}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const files = [...event.clipboardData.files];
            if (!takesFiles || files.length === 0) return;
            event.preventDefault();
            box.files.add(files);
          }}
          className="max-h-40 min-h-16 w-full resize-none"
        />
        {mode === "reply" && <FileList items={box.files.items} onRetry={box.files.retry} onRemove={box.files.remove} />}
        {box.blanks.length > 0 && (
          <p role="status" className="mt-2 flex flex-wrap items-center gap-2 text-sm text-warning-text">
            {t("blanks", { names: box.blanks.map(({ name }) => `{${name}}`).join(", ") })}
            <Button size="sm" variant="ghost" onClick={box.acceptBlanks}>
              {t("sendBlanks")}
            </Button>
          </p>
        )}
        {(isSplit || isCaptionSplit) && (
          <p role="status" className="mt-2 text-sm text-muted">
            {isCaptionSplit
              ? t("captionSplit", { limit: replyFileLimits.captionChars })
              : t("split", { limit: TELEGRAM_PART_CHARS })}
          </p>
        )}
        <div className="mt-2 flex items-center gap-2">
          {takesFiles && (
            <>
              <input
                ref={picker}
                type="file"
                multiple
                hidden
                accept={REPLY_FILE_ACCEPT}
                onChange={({ target }) => {
                  box.files.add([...(target.files ?? [])]);
                  target.value = "";
                }}
              />
              <IconButton label={t("files.attach")} onClick={() => picker.current?.click()}>
                <Paperclip aria-hidden />
              </IconButton>
            </>
          )}
          {mode === "reply" && (
            <HelpButtons
              heard={box.heard}
              typed={text}
              onDraft={draft}
              onTranslate={(words, kind) => void suggestion.translate(words, kind)}
            />
          )}
          <span className="ml-auto shrink-0">
            <FieldCounter count={text.length} max={dialogLimits.messageChars} />
          </span>
          <SendButton
            button={button}
            mode={mode}
            takesOver={box.takesOver}
            warning={warning}
            isDisabled={!box.maySend}
            sendsOnEnter={sendsOnEnter}
            onSendAndClose={() => submit(undefined, { closes: true })}
            onSwapEnter={swapEnter}
          />
        </div>
      </form>
    </div>
  );
}
