"use client";

import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/time-ago";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TeamNotes } from "@/modules/handoff/ui/team-notes";
import { trpc } from "@/trpc/client";

/** What is known beside the talk itself: the visitor, the dialog, the team's tags. */
export function ContextPanel({ dialogId }: { dialogId: string }) {
  const t = useTranslations("dialogs");
  const common = useTranslations("common");
  const dialog = trpc.dialogs.get.useQuery({ id: dialogId });
  if (!dialog.data) return dialog.isPending ? <SkeletonRows rows={6} label={common("state.loading")} /> : null;
  return (
    <div className="h-full overflow-y-auto p-4">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
        <dt className="text-muted">{t("detail.channel")}</dt>
        <dd className="truncate text-right">{t(`channel.${dialog.data.channel}`)}</dd>
        <dt className="text-muted">{t("detail.assistant")}</dt>
        <dd className="truncate text-right">{dialog.data.assistantName}</dd>
        <dt className="text-muted">{t("detail.started")}</dt>
        <dd className="truncate text-right">
          <TimeAgo at={dialog.data.createdAt} />
        </dd>
      </dl>
      <TeamNotes dialog={dialog.data} />
    </div>
  );
}
