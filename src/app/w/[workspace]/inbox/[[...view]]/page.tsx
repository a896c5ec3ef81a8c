import { getTranslations } from "next-intl/server";
import { AssistantVoice } from "@/modules/chat/ui/assistant-voice";
import { INBOX_VIEWS } from "@/modules/handoff/inbox/limits";
import { InboxPage } from "@/modules/handoff/ui/inbox/inbox-page";
import { serverTrpc } from "@/trpc/server";
import { ConversationMessages } from "../../conversation-messages";
import { requireWorkspace } from "../../workspace";

type Props = {
  params: Promise<{ workspace: string; view?: string[] }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata() {
  return { title: (await getTranslations("inbox"))("title") };
}

export default async function InboxRoute({ params, searchParams }: Props) {
  const { workspace, view: [name] = [] } = await params;
  const { current } = await requireWorkspace(workspace);
  const { trpc, HydrateClient } = await serverTrpc(workspace);
  const view = name === undefined ? "queue" : INBOX_VIEWS.find((known) => known === name);
  // A filtered or kept view is asked for by the browser, which knows how to read it.
  const isPlain = view !== undefined && Object.keys(await searchParams).length === 0;
  await Promise.all([
    trpc.inbox.views.list.prefetch(),
    trpc.inbox.counts.prefetch(),
    isPlain && trpc.inbox.list.prefetchInfinite({ view }),
  ]);
  return (
    <ConversationMessages also={["alerts"]}>
      <HydrateClient>
        <AssistantVoice>
          <InboxPage baseHref={`/w/${current.slug}/inbox`} />
        </AssistantVoice>
      </HydrateClient>
    </ConversationMessages>
  );
}
