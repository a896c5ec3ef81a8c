import { getTranslations } from "next-intl/server";
import { cookies } from "next/headers";
import { ReviewedInbox } from "@/modules/chat/ui/reviewed-inbox";
import { INBOX_VIEWS } from "@/modules/handoff/inbox/limits";
import { PANES_COOKIE, readPanes } from "@/modules/handoff/inbox/panes";
import { serverTrpc } from "@/trpc/server";
import { prefetchConversation } from "../../conversation-data";
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
  const { workspace, view: [name, dialogId] = [] } = await params;
  const { current } = await requireWorkspace(workspace);
  const { trpc, HydrateClient } = await serverTrpc(workspace);
  const view = name === undefined ? "queue" : INBOX_VIEWS.find((known) => known === name);
  // A filtered or kept view is asked for by the browser, which knows how to read it.
  const isPlain = view !== undefined && Object.keys(await searchParams).length === 0;
  await Promise.all([
    trpc.inbox.views.list.prefetch(),
    trpc.inbox.counts.prefetch(),
    isPlain && trpc.inbox.list.prefetchInfinite({ view }),
    dialogId !== undefined && prefetchConversation(trpc, dialogId),
  ]);
  const panes = readPanes((await cookies()).get(PANES_COOKIE)?.value);
  return (
    <ConversationMessages also={["alerts"]}>
      <HydrateClient>
        <ReviewedInbox baseHref={`/w/${current.slug}/inbox`} panes={panes} />
      </HydrateClient>
    </ConversationMessages>
  );
}
