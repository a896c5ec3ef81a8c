"use client";

import { useTranslations } from "next-intl";
import { type DragEvent, type FormEvent, useRef, useState } from "react";
import { cn } from "@/components/cn";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { FieldCounter } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { DraftKind } from "@/db/enums";
import { dialogLimits } from "@/modules/dialogs/limits";
import { fillVariables } from "@/modules/handoff/replies/rules";
import { MentionList } from "../conversation/mention-list";
import { useMentionSearch } from "../conversation/use-mention-search";
import type { Sequel } from "../outbox";
import { OutgoingReplies } from "../outgoing-replies";
import { AttachButton } from "./attach-button";
import { BoxHead } from "./box-head";
import { BoxHints } from "./box-hints";
import { FileList } from "./file-list";
import { HelpButtons } from "./help-buttons";
import { SavedReplyList } from "./saved-reply-list";
import { SendButton } from "./send-button";
import { SuggestionPanel } from "./suggestion-panel";
import { useBoxKeys } from "./use-box-keys";
import { useColleagueLabel } from "./use-colleague-label";
import { useEnterChoice } from "./use-enter-choice";
import { type BoxProps, select, useMessageBox } from "./use-message-box";
import { useOffer } from "./use-offer";
import { useSavedReplySearch } from "./use-saved-reply-search";

/** The box itself: what is being written, in which of its two kinds, with everything that helps writing it. */
export function MessageBox(props: BoxProps) {
  const { dialog, state, me, workspace } = props;
  const t = useTranslations("composer");
  const box = useMessageBox(props);
  const { mode, text, field, hindrance } = box;
  const isReply = mode === "reply";
  const takesFiles = isReply && dialog.channel === "telegram";
  const button = useRef<HTMLButtonElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [sendsOnEnter, swapEnter] = useEnterChoice();
  const warning = useColleagueLabel(box.colleague);
  const offer = useOffer(box, dialog.id, workspace.id);
  const values = {
    visitor: dialog.visitorName,
    operator: me.name,
    assistant: dialog.assistantName,
    workspace: workspace.name,
  };
  const search = useSavedReplySearch(isReply ? text : "", (reply) => offer.put(fillVariables(reply.text, values)));
  const focus = (next: DraftKind) => {
    box.setMode(next);
    field.current?.focus();
  };
  const draft = () => {
    focus("reply");
    void offer.draft("write");
  };
  useShortcuts({
    KeyR: hindrance ? undefined : () => focus("reply"),
    KeyN: () => focus("note"),
    "mod+KeyJ": hindrance ? undefined : draft,
  });
  const submit = (sequel?: Sequel) => {
    if (box.send(sequel)) field.current?.focus();
  };
  const mentions = useMentionSearch({
    text,
    isOn: !isReply,
    onChoose: (next, caret) => {
      box.type(next);
      select(field, { start: caret, end: caret });
    },
  });
  const onKeyDown = useBoxKeys({
    box,
    search: isReply ? search : mentions,
    offer: { isShown: offer.shown !== null, isReady: offer.isReady, insert: offer.insert, close: offer.stop },
    sendsOnEnter,
    askFirst: warning ? () => button.current?.focus() : null,
    submit,
  });
  const list = isReply ? search : mentions;
  const drop = useDrop(takesFiles, setIsOver, box.files.add);
  return (
    <div className="flex flex-col gap-2">
      <OutgoingReplies
        dialogId={dialog.id}
        items={box.outbox.items}
        onRetry={box.outbox.retry}
        onEdit={box.takeBack}
        onDismiss={box.outbox.remove}
      />
      <form
        {...drop}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          submit();
        }}
        aria-label={t("label")}
        className={cn(
          "relative rounded-lg border bg-raised p-3 max-sm:p-2",
          !isReply && "border-dashed bg-note",
          isOver && "border-accent bg-accent-tint",
        )}
      >
        {offer.shown && (
          <SuggestionPanel
            suggestion={offer.shown}
            hasTyped={text.trim() !== ""}
            onInsert={offer.insert}
            onReplace={offer.replace}
            onAgain={() => void offer.draft("again")}
            onShorter={() => void offer.draft("shorter")}
            onClose={offer.stop}
          />
        )}
        {search.isOpen && <SavedReplyList search={search} values={values} />}
        <MentionList search={mentions} />
        <BoxHead
          dialog={dialog}
          mode={mode}
          hindrance={hindrance}
          holderName={state.holder?.name ?? ""}
          onChoose={focus}
        />
        <Textarea
          ref={field}
          rows={2}
          value={text}
          aria-label={t(mode)}
          aria-invalid={box.isTooLong || undefined}
          aria-haspopup="listbox"
          aria-autocomplete="list"
          aria-controls={list.found.length > 0 ? list.listId : undefined}
          aria-activedescendant={list.found.length > 0 ? list.optionId(list.at) : undefined}
          placeholder={t(`placeholder.${mode}`)}
          onChange={({ target }) => {
            search.reset();
            box.type(target.value);
          }}
          onKeyDown={onKeyDown}
          onSelect={({ currentTarget }) => mentions.follow(currentTarget.selectionStart)}
          onPaste={(event) => {
            const files = [...event.clipboardData.files];
            if (!takesFiles || files.length === 0) return;
            event.preventDefault();
            box.files.add(files);
          }}
          className="block max-h-40 min-h-16 w-full resize-none"
        />
        {isReply && <FileList items={box.files.items} onRetry={box.files.retry} onRemove={box.files.remove} />}
        <BoxHints
          blanks={box.blanks}
          onAcceptBlanks={box.acceptBlanks}
          telegramChars={takesFiles ? text.length : null}
          isCaption={box.files.items.length === 1}
        />
        <div className="mt-2 flex items-center gap-1">
          {takesFiles && <AttachButton onPick={box.files.add} />}
          {isReply && (
            <HelpButtons
              heard={box.heard}
              typed={text}
              onDraft={draft}
              onTranslate={(words, kind) => void offer.translate(words, kind)}
            />
          )}
          <span className="mr-1 ml-auto shrink-0">
            <FieldCounter count={text.length} max={dialogLimits.messageChars} />
          </span>
          <SendButton
            button={button}
            mode={mode}
            takesOver={box.takesOver}
            warning={warning}
            isDisabled={!box.maySend}
            isDue={box.isDue}
            sendsOnEnter={sendsOnEnter}
            onSendAnd={submit}
            onSwapEnter={swapEnter}
          />
        </div>
      </form>
    </div>
  );
}

/** Files that are dropped on the box. */
function useDrop(isTaken: boolean, setIsOver: (isOver: boolean) => void, add: (files: readonly File[]) => void) {
  return {
    onDragOver: (event: DragEvent) => {
      if (!isTaken || !event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      setIsOver(true);
    },
    onDragLeave: () => setIsOver(false),
    onDrop: (event: DragEvent) => {
      setIsOver(false);
      if (!isTaken || event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      add([...event.dataTransfer.files]);
    },
  };
}
