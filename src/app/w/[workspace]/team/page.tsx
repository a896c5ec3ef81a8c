import { getTranslations } from "next-intl/server";
import { Page } from "@/components/shell/page";
import { PermissionState } from "@/components/ui/permission-state";
import { ClientMessages } from "@/i18n/client-messages";
import { mayManageTeam } from "@/modules/workspaces/policy";
import { Team } from "@/modules/workspaces/ui/team";
import { serverTrpc } from "@/trpc/server";
import { requireWorkspace } from "../workspace";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("workspaces"))("team.title") };
}

export default async function TeamPage({ params }: Props) {
  const { workspace: slug } = await params;
  const { me, current } = await requireWorkspace(slug);
  if (!mayManageTeam(current.role)) {
    const t = await getTranslations("workspaces.team");
    return (
      <Page title={t("title")}>
        <PermissionState needs="manager" homeHref={`/w/${current.slug}`} />
      </Page>
    );
  }
  const { trpc, HydrateClient } = await serverTrpc(slug);
  void trpc.workspaces.members.prefetch();
  void trpc.workspaces.invitations.prefetch();
  return (
    <ClientMessages namespaces={["common", "errors", "shell", "workspaces"]}>
      <HydrateClient>
        <Team
          viewer={{
            userId: me.id,
            role: current.role,
            workspaceName: current.name,
            numbersHref: `/w/${current.slug}/inbox/numbers`,
          }}
        />
      </HydrateClient>
    </ClientMessages>
  );
}
