"use client";

import { ChartNoAxesColumn, UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import type { MemberRole } from "@/db/enums";
import { trpc } from "@/trpc/client";
import { InvitationRow } from "./invitation-row";
import { MemberRow } from "./member-row";
import { onDemand } from "@/components/on-demand";

const InviteDialog = onDemand(async () => ({ default: (await import("./invite-dialog")).InviteDialog }));

export type Viewer = { userId: string; role: MemberRole; workspaceName: string; numbersHref: string };

/** The people of a workspace and who is on the way in. */
export function Team({ viewer }: { viewer: Viewer }) {
  const t = useTranslations("workspaces.team");
  const [isInviting, setIsInviting] = useState(false);
  const [members] = trpc.workspaces.members.useSuspenseQuery();
  const [invitations] = trpc.workspaces.invitations.useSuspenseQuery();
  const invite = (
    <Button variant="solid" icon={<UserPlus aria-hidden />} onClick={() => setIsInviting(true)}>
      {t("invite")}
    </Button>
  );
  return (
    <Page
      title={t("title")}
      action={
        <>
          <LinkButton
            href={viewer.numbersHref}
            icon={<ChartNoAxesColumn aria-hidden className="sm:hidden" />}
            className="max-sm:w-11 max-sm:px-0"
          >
            <span className="max-sm:sr-only">{t("numbers")}</span>
          </LinkButton>
          {invite}
        </>
      }
    >
      <div className="flex flex-col gap-6">
        <SectionCard title={t("people")}>
          <ul className="-my-3 divide-y">
            {members.items.map((member) => (
              <MemberRow key={member.userId} member={member} viewer={viewer} />
            ))}
          </ul>
        </SectionCard>
        <SectionCard title={t("invitations")}>
          {invitations.items.length === 0 ? (
            <p className="text-muted">{t("noInvitations")}</p>
          ) : (
            <ul className="-my-3 divide-y">
              {invitations.items.map((invitation) => (
                <InvitationRow key={invitation.id} invitation={invitation} />
              ))}
            </ul>
          )}
        </SectionCard>
      </div>
      {isInviting && <InviteDialog open onOpenChange={setIsInviting} viewer={viewer} />}
    </Page>
  );
}
