import { redirect } from "next/navigation";

type Props = { params: Promise<{ workspace: string; id: string }> };

export default async function AssistantPage({ params }: Props) {
  const { workspace, id } = await params;
  redirect(`/w/${workspace}/assistants/${id}/behaviour`);
}
