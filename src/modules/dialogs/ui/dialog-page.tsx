"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import type { DialogDetail } from "@/modules/dialogs/contract";
import { trpc } from "@/trpc/client";
import { DialogStatus } from "./dialog-status";

type DialogPageProps = {
  dialogId: string;
  listHref: string;
  /** The conversation and what surrounds it; given by a later tier, which knows who may write. */
  conversation: ReactNode;
  context: ReactNode;
  /** What an owner does to a dialog beside talking in it. */
  renderActions?: (dialog: DialogDetail) => ReactNode;
};

/** One dialog, opened from the list of all: the same conversation as in the inbox, with what is known about it. */
export function DialogPage({ dialogId, listHref, conversation, context, renderActions }: DialogPageProps) {
  const t = useTranslations("dialogs.detail");
  const common = useTranslations("common");
  const dialog = trpc.dialogs.get.useQuery({ id: dialogId });
  const back = { href: listHref, label: t("back") };
  if (dialog.error?.data?.code === "NOT_FOUND") {
    return (
      <Page title={t("log")} back={back}>
        <EmptyState
          title={common("notFound.title")}
          hint={common("notFound.hint")}
          action={<LinkButton href={listHref}>{t("toList")}</LinkButton>}
        />
      </Page>
    );
  }
  return (
    <Page
      title={t("log")}
      back={back}
      status={dialog.data && <DialogStatus dialog={dialog.data} />}
      action={dialog.data && renderActions?.(dialog.data)}
      width="fill"
      hidesBottomBar
    >
      <div className="relative flex h-full min-h-0 max-lg:flex-col max-lg:overflow-y-auto">
        <div className="min-h-0 min-w-0 flex-1 max-lg:h-full max-lg:flex-none">{conversation}</div>
        <aside
          aria-label={t("about")}
          className="relative shrink-0 border-l pt-3 max-lg:border-t max-lg:border-l-0 lg:w-80 lg:overflow-y-auto"
        >
          {context}
        </aside>
      </div>
    </Page>
  );
}
