import { cookies } from "next/headers";
import { PermissionState } from "@/components/ui/permission-state";
import { mayEditAssistants } from "@/modules/assistants/policy";
import { PLAYGROUND_COOKIE } from "@/modules/chat/playground-cookie";
import { requireWorkspace } from "../../../workspace";
import { AssistantPlayground } from "./assistant-playground";

type Props = { params: Promise<{ workspace: string; id: string }> };

export default async function PlaygroundPage({ params }: Props) {
  const { workspace, id } = await params;
  const { current } = await requireWorkspace(workspace);
  if (!mayEditAssistants(current.role)) return <PermissionState needs="manager" homeHref={`/w/${current.slug}`} />;
  return <AssistantPlayground assistantId={id} hasTalked={(await cookies()).has(PLAYGROUND_COOKIE)} />;
}
