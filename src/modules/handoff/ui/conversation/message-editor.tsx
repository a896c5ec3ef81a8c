"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { FieldCounter } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { MessageItem } from "@/modules/dialogs/contract";
import { dialogLimits } from "@/modules/dialogs/limits";
import { useMessageChange } from "./use-message-change";

type MessageEditorProps = { message: MessageItem; dialogId: string; onEnd: () => void };

/** Changes a sent message in its place: Enter saves, Escape leaves it as it is. */
export function MessageEditor({ message, onEnd }: MessageEditorProps) {
  const t = useTranslations("conversation.edit");
  const [text, setText] = useState(message.text);
  const [seenText] = useState(message.text);
  const field = useRef<HTMLTextAreaElement>(null);
  const { edit, isPending } = useMessageChange();
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(seenText.length, seenText.length);
  }, [seenText]);
  const isTooLong = text.length > dialogLimits.messageChars;
  const maySave = text.trim() !== "" && !isTooLong && !isPending;
  const save = () => {
    if (!maySave) return;
    if (text === seenText) return onEnd();
    edit({ messageId: message.id, text, seenText }, onEnd);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      onEnd();
    }
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    save();
  };
  return (
    <form
      aria-label={t("label")}
      className="w-full max-w-[85%] rounded-xl border bg-raised p-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Textarea
        ref={field}
        rows={2}
        value={text}
        aria-label={t("text")}
        aria-invalid={isTooLong || undefined}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
        className="max-h-60 min-h-16 w-full resize-none"
      />
      <div className="mt-2 flex flex-wrap items-center justify-end gap-2">
        <FieldCounter count={text.length} max={dialogLimits.messageChars} />
        <Button size="sm" variant="ghost" className="ml-auto" onClick={onEnd}>
          {t("cancel")}
        </Button>
        <Button size="sm" type="submit" busy={isPending} disabled={text.trim() === "" || isTooLong}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
