import { mayEditAssistants } from "@/modules/assistants/policy";
import { TelegramCard } from "@/modules/bots/ui/telegram-card";
import { requireWorkspace } from "../../../workspace";

type Props = { params: Promise<{ workspace: string; id: string }> };

export default async function ChannelsPage({ params }: Props) {
  const { workspace, id } = await params;
  const { current } = await requireWorkspace(workspace);
  return (
    <div className="mx-auto max-w-176">
      <TelegramCard assistantId={id} mayManage={mayEditAssistants(current.role)} />
    </div>
  );
}
