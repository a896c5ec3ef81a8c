import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/i18n/client-messages";
import { SavedReplies } from "@/modules/handoff/ui/replies/saved-replies";
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
  const { trpc, HydrateClient } = await serverTrpc(workspace);
  await trpc.replies.list.prefetch();
  return (
    <ClientMessages namespaces={["common", "errors", "shell", "replies"]}>
      <HydrateClient>
        <SavedReplies
          inboxHref={`/w/${current.slug}/inbox`}
          tabs={<SettingsTabs slug={current.slug} role={current.role} />}
        />
      </HydrateClient>
    </ClientMessages>
  );
}
