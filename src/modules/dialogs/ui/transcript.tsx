"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, lazy, type ReactNode, Suspense } from "react";
import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { type RailHolder, RailSegment } from "@/components/ui/handover-rail";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TimeAgo } from "@/components/ui/time-ago";
import type { MessageItem } from "@/modules/dialogs/contract";
import { trpc } from "@/trpc/client";
import { Revisions } from "./revisions";
import { railOf } from "./use-dialog-words";

// Not every message has these; the server draws them, and their script follows.
const AttachmentView = lazy(async () => ({ default: (await import("./attachment-view")).AttachmentView }));
const DeliveryMark = lazy(async () => ({ default: (await import("./delivery-mark")).DeliveryMark }));

const SAME_HEADER_MS = 3 * 60_000;

type TranscriptProps = { dialogId: string; renderAnswer: (message: MessageItem) => ReactNode };

/** The messages of a dialog in order, with the handover rail beside them. New ones appear by themselves. */
export function Transcript({ dialogId, renderAnswer }: TranscriptProps) {
  const t = useTranslations("dialogs.detail");
  const common = useTranslations("common.state");
  const messages = trpc.dialogs.messages.useInfiniteQuery(
    { dialogId },
    { getNextPageParam: ({ nextCursor }) => nextCursor },
  );
  if (messages.isPending) return <SkeletonRows rows={6} label={common("loading")} />;
  if (messages.isError) {
    return (
      <ErrorState
        onRetry={() => void messages.refetch()}
        isRetrying={messages.isRefetching}
        requestId={messages.error.data?.requestId}
      />
    );
  }
  const items = messages.data.pages.toReversed().flatMap((page) => page.items);
  const rail = railOf(items);
  return (
    <div role="log" aria-label={t("log")} aria-live="polite" className="flex flex-col">
      {messages.hasNextPage && (
        <Button
          className="mb-4 self-center"
          busy={messages.isFetchingNextPage}
          onClick={() => void messages.fetchNextPage()}
        >
          {t("older")}
        </Button>
      )}
      {items.map((message, index) => (
        <Row
          key={message.id}
          message={message}
          holder={rail[index] ?? "ai"}
          startsHere={rail[index] !== rail[index - 1]}
          hasHeader={!isSameSpeaker(items[index - 1], message)}
        >
          {message.author === "assistant" ? renderAnswer(message) : undefined}
        </Row>
      ))}
      {items.length === 0 && <p className="py-8 text-center text-muted">{t("empty")}</p>}
    </div>
  );
}

function isSameSpeaker(previous: MessageItem | undefined, message: MessageItem): boolean {
  return (
    previous?.author === message.author && message.createdAt.getTime() - previous.createdAt.getTime() < SAME_HEADER_MS
  );
}

type RowProps = {
  message: MessageItem;
  holder: RailHolder;
  startsHere: boolean;
  hasHeader: boolean;
  children?: ReactNode;
};

function Row({ message, holder, startsHere, hasHeader, children }: RowProps) {
  const t = useTranslations("dialogs");
  if (message.author === "system") {
    return (
      <div className="relative py-2 pl-6 text-center text-xs text-muted">
        <RailSegment holder={holder} startsHere={startsHere} />
        <p className="wrap-anywhere whitespace-pre-wrap">{message.text}</p>
        {message.delivery && message.delivery !== "sent" && (
          <Delivery messageId={message.id} state={message.delivery} />
        )}
      </div>
    );
  }
  const isVisitor = message.author === "visitor";
  const tint = isVisitor
    ? "bg-visitor rounded-tl-sm"
    : message.author === "operator"
      ? "bg-accent-tint rounded-tr-sm"
      : "bg-ai-tint rounded-tr-sm";
  return (
    <div className={cn("relative flex flex-col gap-1 py-1.5 pl-6", isVisitor ? "items-start" : "items-end")}>
      <RailSegment holder={holder} startsHere={startsHere} />
      {hasHeader && (
        <p className="flex gap-2 text-sm text-muted">
          <span>{message.authorName || t(`author.${message.author}`)}</span>
          <TimeAgo at={message.createdAt} />
        </p>
      )}
      {message.attachment && (
        <Suspense>
          <AttachmentView messageId={message.id} attachment={message.attachment} />
        </Suspense>
      )}
      {children ??
        (message.text !== "" && (
          <p className={cn("max-w-[85%] rounded-xl px-4 py-2.5 text-md wrap-anywhere whitespace-pre-wrap", tint)}>
            {message.text}
          </p>
        ))}
      <Revisions message={message} />
      {message.delivery && <Delivery messageId={message.id} state={message.delivery} />}
    </div>
  );
}

function Delivery(mark: ComponentProps<typeof DeliveryMark>) {
  return (
    <Suspense fallback={<div className="min-h-6" />}>
      <DeliveryMark {...mark} />
    </Suspense>
  );
}
