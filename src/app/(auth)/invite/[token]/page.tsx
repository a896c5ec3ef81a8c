import type { Metadata } from "next";
import { TRPCError } from "@trpc/server";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/shell/auth-card";
import { LinkButton } from "@/components/ui/link-button";
import { TextLink } from "@/components/ui/text-link";
import { AcceptInvite, RegisterInvited, SwitchAccount } from "@/modules/auth/ui/invite-actions";
import { env } from "@/server/env";
import { currentPerson, serverCaller } from "@/trpc/server";

type Props = { params: Promise<{ token: string }> };

export const metadata: Metadata = { title: "ChatAI" };

export default async function InvitePage({ params }: Props) {
  const { token } = await params;
  const caller = await serverCaller();
  const t = await getTranslations("auth");
  const invitation = await caller.workspaces.invitation({ token }).catch(deadAsNull);
  if (!invitation) {
    return (
      <AuthCard title={t("invite.deadTitle")} lead={t("invite.dead")}>
        <LinkButton href="/w" size="lg" className="w-full">
          {t("login.action")}
        </LinkButton>
      </AuthCard>
    );
  }
  const { workspaceName: workspace, inviterName: inviter, email, role: roleKey } = invitation;
  const role = t(`invite.role.${roleKey}`);
  const title = t("invite.title", { workspace });
  const lead = inviter ? t("invite.lead", { inviter, role }) : t("invite.leadWithoutName", { role });
  const me = (await currentPerson()) ? await caller.users.me() : null;
  if (me && me.email !== email) {
    return (
      <AuthCard title={title} lead={t("invite.otherAccount", { email: me.email, invited: email })}>
        <SwitchAccount token={token} />
      </AuthCard>
    );
  }
  if (me) {
    return (
      <AuthCard title={title} lead={lead}>
        <AcceptInvite token={token} />
      </AuthCard>
    );
  }
  const login = (
    <p>
      {t("invite.haveAccount")}{" "}
      <TextLink href={`/login?next=${encodeURIComponent(`/invite/${token}`)}`}>{t("invite.login")}</TextLink>
    </p>
  );
  return (
    <AuthCard title={title} lead={lead} footer={login}>
      {env().REGISTRATION === "closed" ? (
        <p className="text-text-2">{t("register.closed")}</p>
      ) : (
        <RegisterInvited token={token} email={email} />
      )}
    </AuthCard>
  );
}

function deadAsNull(error: unknown): null {
  if (error instanceof TRPCError && error.code === "BAD_REQUEST") return null;
  throw error;
}
