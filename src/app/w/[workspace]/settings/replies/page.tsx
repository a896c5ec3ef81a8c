import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/i18n/client-messages";
import { SavedReplies } from "@/modules/handoff/ui/replies/saved-replies";
import { mayManageTeam } from "@/modules/workspaces/policy";
import { serverTrpc } from "@/trpc/server";
import { requireWorkspace } from "../../workspace";
import { SettingsTabs } from "../settings-tabs";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("replies"))("title") };
}

export default async function SavedRepliesPage({ params }: Props) {
  const { workspace } = await params;
  const { current } = await requireWorkspace(workspace);
  const t = await getTranslations("reach.tabs");
  // Operators have this one page of the settings and come to it from the inbox.
  const isAmongOthers = mayManageTeam(current.role);
  const { trpc, HydrateClient } = await serverTrpc(workspace);
  await trpc.replies.list.prefetch();
  return (
    <ClientMessages namespaces={["common", "errors", "shell", "replies"]}>
      <HydrateClient>
        <SavedReplies
          title={t(isAmongOthers ? "title" : "replies")}
          inboxHref={isAmongOthers ? undefined : `/w/${current.slug}/inbox`}
          tabs={<SettingsTabs slug={current.slug} role={current.role} />}
        />
      </HydrateClient>
    </ClientMessages>
  );
}
