import { mayEditAssistants } from "@/modules/assistants/policy";
import { BehaviourWithTriggers } from "@/modules/handoff/ui/triggers/behaviour-with-triggers";
import { requireWorkspace } from "../../../workspace";

type Props = { params: Promise<{ workspace: string; id: string }> };

export default async function BehaviourPage({ params }: Props) {
  const { workspace, id } = await params;
  const { current } = await requireWorkspace(workspace);
  return (
    <BehaviourWithTriggers
      assistantId={id}
      mayEdit={mayEditAssistants(current.role)}
      listHref={`/w/${current.slug}/assistants`}
    />
  );
}
