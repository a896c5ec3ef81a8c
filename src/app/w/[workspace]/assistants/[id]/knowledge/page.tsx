import { PermissionState } from "@/components/ui/permission-state";
import { mayEditAssistants } from "@/modules/assistants/policy";
import { knowledgeLimits } from "@/modules/knowledge/limits";
import { KnowledgeTab } from "@/modules/knowledge/ui/knowledge-tab";
import { serverTrpc } from "@/trpc/server";
import { requireWorkspace } from "../../../workspace";

type Props = { params: Promise<{ workspace: string; id: string }> };

export default async function KnowledgePage({ params }: Props) {
  const { workspace, id } = await params;
  const { current } = await requireWorkspace(workspace);
  if (!mayEditAssistants(current.role)) return <PermissionState needs="manager" homeHref={`/w/${current.slug}`} />;
  const { trpc, HydrateClient } = await serverTrpc(workspace);
  await Promise.all([
    trpc.knowledge.documents.prefetchInfinite({ assistantId: id, limit: knowledgeLimits.documentsPage }),
    trpc.knowledge.qa.list.prefetchInfinite({ assistantId: id }),
    trpc.balance.prices.prefetch(),
  ]);
  return (
    <HydrateClient>
      <KnowledgeTab assistantId={id} askHref={`/w/${current.slug}/assistants/${id}/playground`} />
    </HydrateClient>
  );
}
