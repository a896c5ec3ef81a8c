import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/i18n/client-messages";
import { mayEditAssistants } from "@/modules/assistants/policy";
import { AssistantList } from "@/modules/assistants/ui/assistant-list";
import { serverTrpc } from "@/trpc/server";
import { requireWorkspace } from "../workspace";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("assistants"))("list.title") };
}

export default async function AssistantsPage({ params }: Props) {
  const { workspace } = await params;
  const { current } = await requireWorkspace(workspace);
  const { trpc, HydrateClient } = await serverTrpc(workspace);
  await trpc.assistants.list.prefetch({});
  return (
    <ClientMessages namespaces={["common", "errors", "shell", "assistants"]}>
      <HydrateClient>
        <AssistantList baseHref={`/w/${current.slug}/assistants`} mayEdit={mayEditAssistants(current.role)} />
      </HydrateClient>
    </ClientMessages>
  );
}
