import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ClientMessages } from "@/i18n/client-messages";
import { mayEditAssistants } from "@/modules/assistants/policy";
import { PlaygroundStandIn } from "@/modules/chat/ui/playground-stand-in";
import { serverTrpc } from "@/trpc/server";
import { requireWorkspace } from "../../workspace";
import { greetingOf, requireAssistant } from "./assistant";
import { EditorFrame } from "./editor-frame";

type Props = { params: Promise<{ workspace: string; id: string }>; children: ReactNode };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace, id } = await params;
  return { title: (await requireAssistant(workspace, id)).name };
}

export default async function AssistantLayout({ params, children }: Props) {
  const { workspace, id } = await params;
  const { current } = await requireWorkspace(workspace);
  const assistant = await requireAssistant(workspace, id);
  const { trpc, HydrateClient } = await serverTrpc(workspace);
  await trpc.assistants.get.prefetch({ id });
  return (
    <ClientMessages
      namespaces={["common", "errors", "shell", "assistants", "chat", "knowledge", "bots", "reach", "dialogs"]}
    >
      <HydrateClient>
        <EditorFrame
          assistantId={id}
          listHref={`/w/${current.slug}/assistants`}
          mayTry={mayEditAssistants(current.role)}
          standIn={<PlaygroundStandIn greeting={await greetingOf(assistant)} />}
        >
          {children}
        </EditorFrame>
      </HydrateClient>
    </ClientMessages>
  );
}
