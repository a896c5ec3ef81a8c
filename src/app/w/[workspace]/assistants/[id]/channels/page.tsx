import { mayEditAssistants } from "@/modules/assistants/policy";
import { TelegramCard } from "@/modules/bots/ui/telegram-card";
import { serverTrpc } from "@/trpc/server";
import { requireWorkspace } from "../../../workspace";

type Props = { params: Promise<{ workspace: string; id: string }> };

export default async function ChannelsPage({ params }: Props) {
  const { workspace, id } = await params;
  const { current } = await requireWorkspace(workspace);
  const { trpc, HydrateClient } = await serverTrpc(workspace);
  await trpc.bots.list.prefetch({ assistantId: id });
  return (
    <HydrateClient>
      <div className="mx-auto max-w-176">
        <TelegramCard assistantId={id} mayManage={mayEditAssistants(current.role)} />
      </div>
    </HydrateClient>
  );
}
