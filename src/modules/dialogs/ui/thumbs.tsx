"use client";

import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/use-error-text";
import type { MessageItem } from "@/modules/dialogs/contract";
import { dialogLimits, type Thumb, THUMBS } from "@/modules/dialogs/limits";
import { trpc } from "@/trpc/client";

const ICONS = { up: ThumbsUp, down: ThumbsDown };

type ThumbsProps = { message: Pick<MessageItem, "id" | "visitorThumb" | "ownThumb"> };

/** What the visitor thought of an answer, and the caller's own thumb: a second press takes it back, a thumb down may say why. */
export function Thumbs({ message: { id: messageId, visitorThumb, ownThumb } }: ThumbsProps) {
  const t = useTranslations("dialogs.thumb");
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const [isAsking, setIsAsking] = useState(false);
  const rate = trpc.dialogs.rateAnswer.useMutation({
    onError: (error) => toast.error(errorText(error)),
    onSettled: () => utils.dialogs.messages.invalidate(),
  });
  // Shown at once; a refusal falls back to what is stored.
  const pressed = rate.isError ? undefined : rate.variables;
  const thumb = pressed ? pressed.thumb : (ownThumb?.thumb ?? null);
  const press = (value: Thumb) => {
    const next = thumb === value ? null : value;
    setIsAsking(next === "down");
    rate.mutate({ messageId, thumb: next });
  };
  return (
    <>
      {visitorThumb && <VisitorThumb given={visitorThumb} />}
      <span role="group" aria-label={t("group")} className="inline-flex">
        {THUMBS.map((value) => {
          const Icon = ICONS[value];
          return (
            <IconButton
              key={value}
              size="sm"
              label={t(value)}
              aria-pressed={thumb === value}
              className="aria-pressed:bg-selected aria-pressed:text-text"
              onClick={() => press(value)}
            >
              <Icon aria-hidden className={thumb === value ? "fill-current" : undefined} />
            </IconButton>
          );
        })}
      </span>
      {isAsking && thumb === "down" && (
        <WhatWasWrong
          comment={ownThumb?.comment ?? ""}
          onSend={(comment) => {
            setIsAsking(false);
            rate.mutate({ messageId, thumb: "down", comment }, { onSuccess: () => toast.success(t("thanks")) });
          }}
        />
      )}
    </>
  );
}

function VisitorThumb({ given: { thumb, comment } }: { given: NonNullable<MessageItem["visitorThumb"]> }) {
  const t = useTranslations("dialogs.thumb");
  const Icon = ICONS[thumb];
  return (
    <Badge tone={thumb === "up" ? "success" : "danger"} icon={<Icon aria-hidden />}>
      <span className="sr-only">{t(`given.${thumb}`)}</span>
      <span title={t(`given.${thumb}`)}>{comment || t(thumb)}</span>
    </Badge>
  );
}

function WhatWasWrong({ comment, onSend }: { comment: string; onSend: (comment: string) => void }) {
  const t = useTranslations("dialogs.thumb");
  const [text, setText] = useState(comment);
  return (
    <form
      className="flex w-full justify-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(text);
      }}
    >
      <Input
        autoFocus
        aria-label={t("comment")}
        placeholder={t("comment")}
        value={text}
        maxLength={dialogLimits.commentChars}
        onChange={({ target }) => setText(target.value)}
        className="max-w-80"
      />
      <Button type="submit">{t("send")}</Button>
    </form>
  );
}
