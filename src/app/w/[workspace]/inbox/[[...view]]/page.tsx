import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/i18n/client-messages";
import { AssistantVoice } from "@/modules/chat/ui/assistant-voice";
import { InboxPage } from "@/modules/handoff/ui/inbox/inbox-page";
import { requireWorkspace } from "../../workspace";

type Props = { params: Promise<{ workspace: string; view?: string[] }> };

export async function generateMetadata() {
  return { title: (await getTranslations("inbox"))("title") };
}

export default async function InboxRoute({ params }: Props) {
  const { workspace } = await params;
  const { current } = await requireWorkspace(workspace);
  return (
    <ClientMessages
      namespaces={["common", "errors", "shell", "dialogs", "chat", "handoff", "composer", "conversation", "inbox"]}
    >
      <AssistantVoice>
        <InboxPage baseHref={`/w/${current.slug}/inbox`} />
      </AssistantVoice>
    </ClientMessages>
  );
}
