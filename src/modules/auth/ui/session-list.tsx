"use client";

import { MonitorSmartphone } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TimeAgo } from "@/components/ui/time-ago";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/use-error-text";
import { trpc } from "@/trpc/client";
import type { SessionSummary } from "../contract";
import { deviceOf } from "./device";

export function SessionList() {
  const t = useTranslations("users.sessions");
  const sessions = trpc.auth.sessions.useQuery();
  return (
    <SectionCard title={t("title")} description={t("lead")}>
      {sessions.isPending && <SkeletonRows rows={2} label={t("title")} />}
      {sessions.isError && (
        <ErrorState cause={t("failed")} onRetry={() => void sessions.refetch()} isRetrying={sessions.isFetching} />
      )}
      <ul className="divide-y">
        {sessions.data?.items.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </SectionCard>
  );
}

function SessionRow({ session }: { session: SessionSummary }) {
  const t = useTranslations("users.sessions");
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const revoke = trpc.auth.revokeSession.useMutation({
    onSuccess: () => toast.success(t("ended")),
    onError: (error) => toast.error(errorText(error)),
    onSettled: () => utils.auth.sessions.invalidate(),
  });
  const device = deviceOf(session.userAgent);
  return (
    <li className="flex items-center gap-3 py-3">
      <MonitorSmartphone aria-hidden className="size-4 shrink-0 text-muted" strokeWidth={1.75} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium" title={session.userAgent}>
          {device ? t("device", device) : t("unknown")}
          {session.isCurrent && <Badge tone="success">{t("current")}</Badge>}
        </p>
        <p className="text-sm text-muted">
          {t("lastSeen")} <TimeAgo at={session.lastSeenAt} style="words" /> · {t("since")}{" "}
          <TimeAgo at={session.createdAt} style="words" />
          {session.address && ` · ${session.address}`}
        </p>
      </div>
      {!session.isCurrent && (
        <Button busy={revoke.isPending} onClick={() => revoke.mutate({ id: session.id })}>
          {t("end")}
        </Button>
      )}
    </li>
  );
}
