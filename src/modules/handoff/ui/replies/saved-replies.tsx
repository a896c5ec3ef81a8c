"use client";

import { MessageSquareQuote, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Page } from "@/components/shell/page";
import { onDemand } from "@/components/on-demand";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Input } from "@/components/ui/input";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { useWasOnce } from "@/components/ui/use-was-once";
import { useErrorText } from "@/components/use-error-text";
import type { SavedReply } from "@/modules/handoff/replies/contract";
import { findReplies } from "@/modules/handoff/replies/rules";
import { trpc } from "@/trpc/client";
import { SavedReplyRow } from "./saved-reply-row";

const SavedReplyDialog = onDemand(async () => ({ default: (await import("./saved-reply-dialog")).SavedReplyDialog }));

// So few are read at a glance.
const SEARCH_FROM = 6;

type SavedRepliesProps = {
  title: string;
  /** The page above, when it is not one of the settings. */
  inboxHref: string | undefined;
  tabs: ReactNode;
};

/** The answers that a team keeps at hand: found, written, changed and taken away. */
export function SavedReplies({ title, inboxHref, tabs }: SavedRepliesProps) {
  const t = useTranslations("replies");
  const common = useTranslations("common.state");
  const replies = trpc.replies.list.useQuery();
  const [wanted, setWanted] = useState("");
  const [edited, setEdited] = useState<SavedReply | "new" | null>(null);
  const hasEdited = useWasOnce(edited !== null);
  const remove = useRemove();
  const items = replies.data?.items ?? [];
  const found = findReplies(items, wanted);
  const add = (
    <Button variant="solid" icon={<Plus aria-hidden />} onClick={() => setEdited("new")}>
      {t("add")}
    </Button>
  );
  return (
    <Page
      title={title}
      back={inboxHref === undefined ? undefined : { href: inboxHref, label: t("back") }}
      width="form"
      tabs={tabs}
      action={
        items.length > 0 && (
          <Button variant="solid" icon={<Plus aria-hidden />} onClick={() => setEdited("new")}>
            {/* On a phone the longer title needs the room. */}
            <span className={inboxHref === undefined ? undefined : "max-sm:sr-only"}>{t("add")}</span>
          </Button>
        )
      }
    >
      {replies.isPending ? (
        <SkeletonRows rows={5} label={common("loading")} />
      ) : replies.isError ? (
        <ErrorState
          onRetry={() => void replies.refetch()}
          isRetrying={replies.isRefetching}
          requestId={replies.error.data?.requestId}
        />
      ) : items.length === 0 ? (
        <EmptyState icon={<MessageSquareQuote />} title={t("empty")} hint={t("emptyHint")} action={add} />
      ) : (
        <div className="flex flex-col gap-4">
          <p className="text-text-2">{t("hint")}</p>
          {items.length >= SEARCH_FROM && (
            <Input
              type="search"
              value={wanted}
              aria-label={t("search")}
              placeholder={t("search")}
              onChange={({ target }) => setWanted(target.value)}
            />
          )}
          {found.length === 0 ? (
            <p className="py-8 text-center text-muted">{t("nothing")}</p>
          ) : (
            <ul aria-label={t("title")} className="divide-y rounded-lg border bg-raised">
              {found.map((reply) => (
                <SavedReplyRow
                  key={reply.id}
                  reply={reply}
                  onEdit={() => setEdited(reply)}
                  onRemove={() => remove(reply)}
                />
              ))}
            </ul>
          )}
        </div>
      )}
      {hasEdited && <SavedReplyDialog edited={edited} onClose={() => setEdited(null)} />}
    </Page>
  );
}

/** Gone at once, and back with one press. */
function useRemove(): (reply: SavedReply) => void {
  const t = useTranslations("replies");
  const common = useTranslations("common.action");
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const refresh = () => utils.replies.list.invalidate();
  const onError = (error: unknown) => void toast.error(errorText(error));
  const create = trpc.replies.create.useMutation({ onSettled: refresh, onError });
  const remove = trpc.replies.remove.useMutation({ onSettled: refresh, onError });
  return ({ id, shortcut, title, text }) =>
    remove.mutate(
      { id },
      {
        onSuccess: () =>
          void toast.success(t("removed", { shortcut }), {
            action: { label: common("undo"), onClick: () => create.mutate({ shortcut, title, text }) },
          }),
      },
    );
}
