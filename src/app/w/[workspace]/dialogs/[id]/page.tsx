import { getTranslations } from "next-intl/server";
import { ReviewedDialog } from "@/modules/chat/ui/reviewed-dialog";
import { serverTrpc } from "@/trpc/server";
import { prefetchConversation } from "../../conversation-data";
import { ConversationMessages } from "../../conversation-messages";
import { requireWorkspace } from "../../workspace";

type Props = { params: Promise<{ workspace: string; id: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("dialogs"))("list.title") };
}

export default async function DialogDetailPage({ params }: Props) {
  const { workspace, id } = await params;
  const { current } = await requireWorkspace(workspace);
  const { trpc, HydrateClient } = await serverTrpc(workspace);
  await prefetchConversation(trpc, id);
  return (
    <ConversationMessages>
      <HydrateClient>
        <ReviewedDialog dialogId={id} listHref={`/w/${current.slug}/dialogs`} />
      </HydrateClient>
    </ConversationMessages>
  );
}
