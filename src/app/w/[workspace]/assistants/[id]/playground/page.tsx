import { PermissionState } from "@/components/ui/permission-state";
import { mayEditAssistants } from "@/modules/assistants/policy";
import { requireWorkspace } from "../../../workspace";
import { WholePlayground } from "./whole-playground";

type Props = { params: Promise<{ workspace: string; id: string }> };

export default async function PlaygroundPage({ params }: Props) {
  const { workspace, id } = await params;
  const { current } = await requireWorkspace(workspace);
  if (!mayEditAssistants(current.role)) return <PermissionState needs="manager" homeHref={`/w/${current.slug}`} />;
  return <WholePlayground assistantId={id} />;
}
