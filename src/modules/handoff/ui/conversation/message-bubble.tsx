"use client";

import { Headset, Sparkles, User } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/components/cn";
import { TimeAgo } from "@/components/ui/time-ago";
import type { DialogDetail, MessageItem } from "@/modules/dialogs/contract";
import { AttachmentView } from "@/modules/dialogs/ui/attachment-view";
import { DeliveryMark } from "@/modules/dialogs/ui/delivery-mark";
import { Revisions } from "@/modules/dialogs/ui/revisions";
import { useDialogWords } from "@/modules/dialogs/ui/use-dialog-words";
import { useAnswerVoice } from "./answer-voice";
import { ChangeMark } from "./change-mark";
import { MessageActions } from "./message-actions";
import { MessageEditor } from "./message-editor";

type MessageBubbleProps = { message: MessageItem; hasHeader: boolean; dialog: DialogDetail };

/** A message in the voice of its author: the visitor left, the assistant and people of the team right, the system between. */
export function MessageBubble({ message, hasHeader, dialog }: MessageBubbleProps) {
  if (message.author === "system") return <SystemLine message={message} />;
  const isVisitor = message.author === "visitor";
  return (
    <article className={cn("group/message flex flex-col gap-1", isVisitor ? "items-start" : "items-end")}>
      <Header message={message} dialog={dialog} isShown={hasHeader} />
      {message.removedAt && !isVisitor ? <Removed message={message} /> : <Said message={message} dialog={dialog} />}
    </article>
  );
}

function Header({ message, dialog, isShown }: { message: MessageItem; dialog: DialogDetail; isShown: boolean }) {
  const t = useTranslations("conversation.author");
  const { nameOf } = useDialogWords();
  const names = {
    visitor: nameOf(dialog),
    assistant: t("assistant", { name: dialog.assistantName }),
    operator: message.authorName || t("nameless"),
    system: "",
  };
  const Icon = { visitor: User, assistant: Sparkles, operator: Headset, system: User }[message.author];
  const tone = { visitor: "text-text-2", assistant: "text-ai-text", operator: "text-accent-text", system: "" };
  return (
    <header className={cn("flex max-w-full items-center gap-1.5 pt-1 text-sm", !isShown && "sr-only")}>
      <Icon aria-hidden className={cn("size-3.5 shrink-0", tone[message.author])} strokeWidth={1.75} />
      <bdi className={cn("min-w-0 truncate font-medium", tone[message.author])}>{names[message.author]}</bdi>
      <TimeAgo at={message.createdAt} className="shrink-0 text-xs text-muted" />
    </header>
  );
}

function Said({ message, dialog }: { message: MessageItem; dialog: DialogDetail }) {
  const [isEditing, setIsEditing] = useState(false);
  const voice = useAnswerVoice();
  if (isEditing) return <MessageEditor message={message} dialogId={dialog.id} onEnd={() => setIsEditing(false)} />;
  const rich = message.author === "assistant" ? voice?.renderAnswer(message) : undefined;
  return (
    <>
      {message.attachment && <AttachmentView messageId={message.id} attachment={message.attachment} />}
      <div className={cn("flex w-full items-center gap-1", message.author !== "visitor" && "flex-row-reverse")}>
        {rich ?? (message.text !== "" && <Words message={message} />)}
        <MessageActions message={message} dialogId={dialog.id} onEdit={() => setIsEditing(true)} />
      </div>
      {message.delivery && <DeliveryMark messageId={message.id} state={message.delivery} />}
      <Revisions message={message} />
      <ChangeMark message={message} dialogId={dialog.id} />
    </>
  );
}

const tints = {
  visitor: "bg-visitor rounded-tl-sm",
  assistant: "bg-ai-tint rounded-tr-sm",
  operator: "bg-accent-tint rounded-tr-sm",
  system: "",
} as const;

/** What somebody typed, letter by letter; its own direction, so that marks of another script turn nothing around it. */
export function Words({ message }: { message: Pick<MessageItem, "author" | "text"> }) {
  return (
    <p
      dir="auto"
      className={cn(
        "max-w-[85%] min-w-0 rounded-xl px-4 py-2.5 text-md [unicode-bidi:isolate] wrap-anywhere whitespace-pre-wrap",
        tints[message.author],
      )}
    >
      {message.text}
    </p>
  );
}

function Removed({ message }: { message: MessageItem }) {
  const t = useTranslations("conversation.change");
  const versions = useTranslations("dialogs.revision");
  return (
    <>
      <details className="max-w-[85%] rounded-xl border border-dashed px-4 py-2 text-sm text-muted">
        <summary className="cursor-pointer rounded-sm wrap-anywhere">
          {message.removedByName ? t("removedBy", { name: message.removedByName }) : t("removed")}{" "}
          {message.removedAt && <TimeAgo at={message.removedAt} className="text-xs" />}
        </summary>
        <ol aria-label={versions("earlier")} className="mt-1 flex flex-col gap-1 border-l pl-3">
          {message.earlier.map((version, index) => (
            <li key={`${version.at}-${index}`} dir="auto" className="wrap-anywhere whitespace-pre-wrap">
              {version.text === "" ? versions("noWords") : version.text}
            </li>
          ))}
        </ol>
      </details>
      <ChangeMark message={message} dialogId={null} />
    </>
  );
}

function SystemLine({ message }: { message: MessageItem }) {
  return (
    <div className="flex flex-col items-center gap-1 py-1 text-center text-xs text-muted">
      <p dir="auto" className="max-w-[85%] wrap-anywhere whitespace-pre-wrap">
        {message.text}
      </p>
      {message.delivery && message.delivery !== "sent" && (
        <DeliveryMark messageId={message.id} state={message.delivery} />
      )}
    </div>
  );
}
