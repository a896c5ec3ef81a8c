"use client";

import { SendHorizontal, Square } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { tabStorage } from "@/components/kept-storage";
import { FieldCounter } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Textarea } from "@/components/ui/textarea";
import { dialogLimits } from "@/modules/dialogs/limits";

type ComposerProps = {
  assistantId: string;
  isBusy: boolean;
  isStopping: boolean;
  isOff: boolean;
  initialText: string;
  onAsk: (text: string) => void;
  onStop: () => void;
};

/** Where a question is typed. Enter asks, Shift+Enter breaks the line; what is typed survives a reload. */
export function Composer({ assistantId, isBusy, isStopping, isOff, initialText, onAsk, onStop }: ComposerProps) {
  const t = useTranslations("chat.composer");
  const storageKey = `playground-draft:${assistantId}`;
  const [text, setText] = useState(() => tabStorage().getItem(storageKey) || initialText);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const focus = (event: globalThis.KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement &&
        event.target.closest("input, textarea, select, [contenteditable], [role=dialog]");
      if (event.code !== "KeyP" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
      event.preventDefault();
      field.current?.focus();
    };
    window.addEventListener("keydown", focus);
    return () => window.removeEventListener("keydown", focus);
  }, []);
  const type = (next: string) => {
    setText(next);
    try {
      tabStorage().setItem(storageKey, next);
    } catch {
      // A full storage costs the safety net, not the question.
    }
  };
  const isTooLong = text.length > dialogLimits.messageChars;
  const mayAsk = text.trim() !== "" && !isTooLong && !isBusy && !isOff;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (!mayAsk) return;
    onAsk(text);
    type("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <form onSubmit={submit} className="shrink-0 border-t p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      <div className="mx-auto flex max-w-180 items-end gap-2">
        <Textarea
          ref={field}
          rows={1}
          value={text}
          aria-label={t("label")}
          aria-invalid={isTooLong || undefined}
          placeholder={isOff ? t("off") : t("placeholder")}
          disabled={isOff}
          onChange={({ target }) => type(target.value)}
          onKeyDown={onKeyDown}
          className="max-h-40 min-h-10 flex-1 resize-none coarse:min-h-11"
        />
        {isBusy ? (
          <IconButton label={t("stop")} variant="soft" size="lg" busy={isStopping} onClick={onStop}>
            <Square aria-hidden />
          </IconButton>
        ) : (
          <IconButton label={t("send")} variant="solid" size="lg" type="submit" disabled={!mayAsk} keys={["Enter"]}>
            <SendHorizontal aria-hidden />
          </IconButton>
        )}
      </div>
      <div className="mx-auto max-w-180">
        <FieldCounter count={text.length} max={dialogLimits.messageChars} />
      </div>
    </form>
  );
}
