"use client";

import { useFormatter, useTranslations } from "next-intl";
import { StatusPill } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { usePersonsTimeZone } from "@/components/ui/time-ago";
import { toast } from "@/components/ui/toast";
import { trpc } from "@/trpc/client";
import type { InvitationSummary } from "../contract";
import { useTeamWords } from "./use-team-words";

export function InvitationRow({ invitation }: { invitation: InvitationSummary }) {
  const { t, failure } = useTeamWords();
  const role = useTranslations("workspaces.role");
  const format = useFormatter();
  const timeZone = usePersonsTimeZone();
  const utils = trpc.useUtils();
  const { id, email, state } = invitation;
  const options = (done: string) => ({
    onSuccess: () => toast.success(done),
    onError: (error: unknown) => toast.error(failure(error)),
    onSettled: () => utils.workspaces.invitations.invalidate(),
  });
  const resend = trpc.workspaces.resendInvite.useMutation(options(t("resent", { email })));
  const revoke = trpc.workspaces.revokeInvite.useMutation(options(t("revoked", { email })));
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-48">
        <p className="truncate font-medium">{email}</p>
        <p className="text-sm text-muted">
          {role(invitation.role)} · {t("expires")}{" "}
          <time dateTime={invitation.expiresAt.toISOString()}>
            {format.dateTime(invitation.expiresAt, { day: "numeric", month: "long", timeZone })}
          </time>
        </p>
      </div>
      <StatusPill tone={state === "open" ? "info" : "warning"}>{t(state)}</StatusPill>
      <div className="flex gap-2">
        <Button busy={resend.isPending} onClick={() => resend.mutate({ id })}>
          {t("resend")}
        </Button>
        <Button variant="danger-ghost" busy={revoke.isPending} onClick={() => revoke.mutate({ id })}>
          {t("revoke")}
        </Button>
      </div>
    </li>
  );
}
