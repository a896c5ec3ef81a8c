import { PermissionState } from "@/components/ui/permission-state";
import { mayEditAssistants } from "@/modules/assistants/policy";
import { KnowledgeTab } from "@/modules/knowledge/ui/knowledge-tab";
import { requireWorkspace } from "../../../workspace";

type Props = { params: Promise<{ workspace: string; id: string }> };

export default async function KnowledgePage({ params }: Props) {
  const { workspace, id } = await params;
  const { current } = await requireWorkspace(workspace);
  if (!mayEditAssistants(current.role)) return <PermissionState needs="manager" />;
  return <KnowledgeTab assistantId={id} askHref={`/w/${current.slug}/assistants/${id}/playground`} />;
}
