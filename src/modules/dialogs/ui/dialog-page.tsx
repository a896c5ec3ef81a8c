"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TimeAgo } from "@/components/ui/time-ago";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/use-error-text";
import type { DialogDetail, MessageItem } from "@/modules/dialogs/contract";
import { trpc } from "@/trpc/client";
import { DialogStatus } from "./dialog-status";
import { Stars } from "./stars";
import { Transcript } from "./transcript";
import { useDialogWords } from "./use-dialog-words";

type DialogPageProps = {
  dialogId: string;
  listHref: string;
  /** Draws an answer's text and sources; given by a later tier, which knows how answers are made. */
  renderAnswer: (message: MessageItem) => ReactNode;
  /** Above the transcript: who has the dialog. Below it: where people write. Beside it: what the team knows. */
  renderTeam?: { banner: TeamSlot; composer: TeamSlot; notes: TeamSlot };
};

type TeamSlot = (dialog: DialogDetail) => ReactNode;

/** One dialog: transcript with the rail, and what is known about it. */
export function DialogPage({ dialogId, listHref, renderAnswer, renderTeam }: DialogPageProps) {
  const t = useTranslations("dialogs.detail");
  const common = useTranslations("common");
  const { nameOf } = useDialogWords();
  const dialog = trpc.dialogs.get.useQuery({ id: dialogId });
  const back = { href: listHref, label: t("back") };
  useMarkRead(dialog.data);
  if (dialog.isPending) {
    return (
      <Page title={t("log")} back={back}>
        <SkeletonRows rows={6} label={common("state.loading")} />
      </Page>
    );
  }
  if (dialog.isError) {
    const isGone = dialog.error.data?.code === "NOT_FOUND";
    return (
      <Page title={t("log")} back={back}>
        {isGone ? (
          <EmptyState
            title={common("notFound.title")}
            hint={common("notFound.hint")}
            action={<LinkButton href={listHref}>{t("back")}</LinkButton>}
          />
        ) : (
          <ErrorState
            onRetry={() => void dialog.refetch()}
            isRetrying={dialog.isRefetching}
            requestId={dialog.error.data?.requestId}
          />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={nameOf(dialog.data)}
      back={back}
      status={<DialogStatus dialog={dialog.data} />}
      action={dialog.data.status === "open" && <CloseButton dialogId={dialogId} />}
      width="full"
      hidesBottomBar
    >
      <div className="mx-auto flex max-w-280 flex-col gap-6 lg:flex-row">
        <div className="min-w-0 flex-1 lg:max-w-180">
          {renderTeam?.banner(dialog.data)}
          <Transcript dialogId={dialogId} renderAnswer={renderAnswer} />
          {renderTeam?.composer(dialog.data)}
        </div>
        <aside className="shrink-0 lg:w-72">
          <About dialog={dialog.data} />
          {renderTeam?.notes(dialog.data)}
        </aside>
      </div>
    </Page>
  );
}

function useMarkRead(dialog: DialogDetail | undefined): void {
  const utils = trpc.useUtils();
  const { mutate } = trpc.dialogs.markRead.useMutation({ onSuccess: () => utils.dialogs.list.invalidate() });
  const id = dialog?.id;
  const hasUnread = (dialog?.unreadCount ?? 0) > 0;
  useEffect(() => {
    if (id && hasUnread) mutate({ dialogId: id });
  }, [id, hasUnread, mutate]);
}

function CloseButton({ dialogId }: { dialogId: string }) {
  const t = useTranslations("dialogs.detail");
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const close = trpc.dialogs.close.useMutation({
    onSuccess: () => {
      toast.success(t("closed"));
      return utils.dialogs.invalidate();
    },
    onError: (error) => toast.error(errorText(error)),
  });
  return (
    <Button busy={close.isPending} onClick={() => close.mutate({ dialogId })}>
      {t("close")}
    </Button>
  );
}

function About({ dialog }: { dialog: DialogDetail }) {
  const t = useTranslations("dialogs");
  const rows: [string, ReactNode][] = [
    [t("detail.channel"), t(`channel.${dialog.channel}`)],
    [t("detail.assistant"), dialog.assistantName],
    ...(dialog.botUsername ? [[t("detail.bot"), `@${dialog.botUsername}`] satisfies [string, ReactNode]] : []),
    [t("detail.messages"), dialog.messageCount],
    ...(dialog.rating === null
      ? []
      : [[t("rating.label"), <Stars key="rating" rating={dialog.rating} />] satisfies [string, ReactNode]]),
    [t("detail.started"), <TimeAgo key="started" at={dialog.createdAt} />],
  ];
  return (
    <section className="rounded-lg border bg-raised p-4">
      <h2 className="mb-3 text-base">{t("detail.about")}</h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="truncate text-right">{value}</dd>
          </div>
        ))}
      </dl>
      {!dialog.isReachable && (
        <p className="mt-3 rounded-md bg-warning-tint p-2 text-sm text-warning-text">{t("detail.unreachable")}</p>
      )}
    </section>
  );
}
