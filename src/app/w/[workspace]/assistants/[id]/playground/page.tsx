import { PermissionState } from "@/components/ui/permission-state";
import { mayEditAssistants } from "@/modules/assistants/policy";
import { PlaygroundStandIn } from "@/modules/chat/ui/playground-stand-in";
import { requireWorkspace } from "../../../workspace";
import { greetingOf, requireAssistant } from "../assistant";
import { AssistantPlayground } from "./assistant-playground";

type Props = { params: Promise<{ workspace: string; id: string }> };

export default async function PlaygroundPage({ params }: Props) {
  const { workspace, id } = await params;
  const { current } = await requireWorkspace(workspace);
  if (!mayEditAssistants(current.role)) return <PermissionState needs="manager" homeHref={`/w/${current.slug}`} />;
  const greeting = await greetingOf(await requireAssistant(workspace, id));
  return <AssistantPlayground assistantId={id} standIn={<PlaygroundStandIn greeting={greeting} />} />;
}
