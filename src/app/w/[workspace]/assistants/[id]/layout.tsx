import { notFound } from "next/navigation";
import type { Metadata } from "next";
import { cache, type ReactNode } from "react";
import { ClientMessages } from "@/i18n/client-messages";
import { reasonableId, refusesAsMissing } from "../missing";
import { mayEditAssistants } from "@/modules/assistants/policy";
import { serverTrpc } from "@/trpc/server";
import { requireWorkspace } from "../../workspace";
import { EditorFrame } from "./editor-frame";

type Props = { params: Promise<{ workspace: string; id: string }>; children: ReactNode };

const requireAssistant = cache(async (workspace: string, id: string) => {
  const { caller } = await requireWorkspace(workspace);
  if (!reasonableId(id)) notFound();
  try {
    return await caller.assistants.get({ id });
  } catch (error) {
    if (refusesAsMissing(error)) notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace, id } = await params;
  return { title: (await requireAssistant(workspace, id)).name };
}

export default async function AssistantLayout({ params, children }: Props) {
  const { workspace, id } = await params;
  const { current } = await requireWorkspace(workspace);
  await requireAssistant(workspace, id);
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
        >
          {children}
        </EditorFrame>
      </HydrateClient>
    </ClientMessages>
  );
}
